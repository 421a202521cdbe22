import { AppError } from 'src/common/errors/app-error';

/** No row of the inbox has this id. */
export class WebhookEventNotFoundError extends AppError {
  readonly code = 'webhook_event_not_found';
  readonly kind = 'not_found';
  readonly title = 'There is no such webhook event';

  constructor() {
    super('No received event has this id.');
  }
}

/** Working on the event again would be pointless, or is under way. */
export class EventNotReplayableError extends AppError {
  readonly code = 'event_not_replayable';
  readonly kind = 'conflict';
  readonly title = 'The event cannot be replayed';
}

/** Only events that wait or that have failed for good can be ignored. */
export class EventNotIgnorableError extends AppError {
  readonly code = 'event_not_ignorable';
  readonly kind = 'conflict';
  readonly title = 'The event cannot be ignored';

  constructor(status: string) {
    super('Only a pending or a dead event can be ignored.', { extensions: { event_status: status } });
  }
}
