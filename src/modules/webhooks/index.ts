export { EVENT_STATUSES } from './domain/inbox-event';
export { InboxBatchReplayService } from './inbox-batch-replay.service';
export {
  EventNotIgnorableError,
  EventNotReplayableError,
  WebhookEventNotFoundError,
} from './inbox-replay.errors';
export { InboxReplayService } from './inbox-replay.service';
export { InboxViewService } from './inbox-view.service';
export { WatchedQueues } from './jobs/watched-queues';
export { WebhooksQueueModule } from './jobs/webhooks-queue.module';
export type { FailedAttempt } from './persistence/event-attempts.repository';
export type { ReplaySelection } from './persistence/inbox-selection.repository';
export type { EventDetail, EventSummary, InboxEntry } from './persistence/inbox-view.repository';
export { WebhooksWorkerModule } from './webhooks-worker.module';
export { WebhooksModule } from './webhooks.module';
export type { RefusedCause } from './persistence/inbox-health.repository';
export { InboxHealth } from './inbox-health.service';
export { InboxHealthModule } from './inbox-health.module';
