import { Injectable, Logger } from '@nestjs/common';
import { ServiceUnavailableError } from 'src/common/errors/app-error';
import { isOutage } from 'src/common/errors/outage';
import { WebhooksConfig } from 'src/config/app-config';
import { FenceLostError } from 'src/engine/lease';
import { backoffMs, outageBackoffMs } from 'src/common/domain/backoff';
import {
  InboxWorkRepository,
  type ClaimedEvent,
} from 'src/modules/webhooks/persistence/inbox-work.repository';
import type { ProcessedBy } from './domain/inbox-event';

/** A row that kills its process this often is taken out: it would take every other customer's work down with it. */
const MAX_CRASHES = 25;

interface FailureDecision {
  readonly countsAs: 'attempt' | 'outage' | 'nothing';
  /** Undefined: this was the last attempt. */
  readonly retryInMs: number | undefined;
}

/** What becomes of events whose work failed. */
@Injectable()
export class EventFailures {
  private readonly logger = new Logger(EventFailures.name);

  constructor(
    private readonly inbox: InboxWorkRepository,
    private readonly config: WebhooksConfig,
  ) {}

  /** Schedules each event's next attempt, or declares it dead. Outages and lost leases use up no attempt. */
  async record(events: readonly ClaimedEvent[], thrown: unknown, by: ProcessedBy): Promise<void> {
    const error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    for (const event of events) {
      const failure = this.decide(event, thrown);
      await this.inbox.recordFailure({ event, by, error, ...failure });
      if (failure.retryInMs === undefined) this.alert(event, thrown);
      else this.warn(event, thrown, failure);
    }
  }

  /** Declares dead what has crashed its process too often and returns the rest. */
  async dropCrashed(events: readonly ClaimedEvent[], by: ProcessedBy): Promise<ClaimedEvent[]> {
    const crashed = events.filter(({ crashes }) => crashes >= MAX_CRASHES);
    for (const event of crashed) {
      const error = `the process died ${event.crashes} times while working on it`;
      await this.inbox.recordFailure({ event, by, error, countsAs: 'nothing', retryInMs: undefined });
      this.alert(event, error);
    }
    return events.filter((event) => !crashed.includes(event));
  }

  private decide(event: ClaimedEvent, thrown: unknown): FailureDecision {
    if (thrown instanceof FenceLostError) return { countsAs: 'nothing', retryInMs: 0 };
    if (thrown instanceof ServiceUnavailableError || isOutage(thrown)) {
      return { countsAs: 'outage', retryInMs: outageBackoffMs(event.outages, Math.random()) };
    }
    const last = event.attempts + 1 >= this.config.maxAttempts;
    return {
      countsAs: 'attempt',
      retryInMs: last ? undefined : backoffMs(event.attempts, Math.random()),
    };
  }

  private warn(event: ClaimedEvent, cause: unknown, { countsAs, retryInMs = 0 }: FailureDecision): void {
    this.logger.warn(
      {
        err: cause,
        row: event.id,
        event: event.eventId,
        type: event.type,
        request_id: event.requestId,
        attempt: event.attempts + (countsAs === 'attempt' ? 1 : 0),
        max_attempts: this.config.maxAttempts,
        counts_as: countsAs,
        next_attempt_at: new Date(Date.now() + retryInMs).toISOString(),
      },
      'webhook event failed; it will be retried',
    );
  }

  private alert({ id, eventId, type, requestId }: ClaimedEvent, cause: unknown): void {
    this.logger.error(
      { err: cause, row: id, event: eventId, type, request_id: requestId },
      'webhook event is dead',
    );
  }
}
