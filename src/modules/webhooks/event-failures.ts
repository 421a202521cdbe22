import { Injectable, Logger } from '@nestjs/common';
import { ServiceUnavailableError } from 'src/common/errors/app-error';
import { isOutage } from 'src/common/errors/outage';
import { WebhooksConfig } from 'src/config/app-config';
import { FenceLostError } from 'src/engine/persistence/subjects.repository';
import { backoffMs, outageBackoffMs } from 'src/common/domain/backoff';
import { InboxRepository, type ClaimedEvent } from './persistence/inbox.repository';

/** A row that kills its process this often is taken out: it would take every other customer's work down with it. */
const MAX_CRASHES = 25;

/** What becomes of events whose work failed. */
@Injectable()
export class EventFailures {
  private readonly logger = new Logger(EventFailures.name);

  constructor(
    private readonly inbox: InboxRepository,
    private readonly config: WebhooksConfig,
  ) {}

  /** Schedules each event's next try, or declares it dead. Outages and lost leases use up no attempt. */
  async record(events: readonly ClaimedEvent[], thrown: unknown): Promise<void> {
    const error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    for (const event of events) {
      const failure = this.judge(event, thrown);
      await this.inbox.recordFailure({ event, error, ...failure });
      if (failure.retryInMs === undefined) this.alert(event, thrown);
    }
  }

  /** Declares dead what has crashed its process too often and returns the rest. */
  async dropCrashed(events: readonly ClaimedEvent[]): Promise<ClaimedEvent[]> {
    const hopeless = events.filter(({ crashes }) => crashes >= MAX_CRASHES);
    for (const event of hopeless) {
      const error = `the process died ${event.crashes} times while working on it`;
      await this.inbox.recordFailure({ event, error, countsAs: 'nothing', retryInMs: undefined });
      this.alert(event, error);
    }
    return events.filter((event) => !hopeless.includes(event));
  }

  private judge(event: ClaimedEvent, thrown: unknown) {
    if (thrown instanceof FenceLostError) return { countsAs: 'nothing' as const, retryInMs: 0 };
    if (thrown instanceof ServiceUnavailableError || isOutage(thrown)) {
      return { countsAs: 'outage' as const, retryInMs: outageBackoffMs(event.outages, Math.random()) };
    }
    const last = event.attempts + 1 >= this.config.maxAttempts;
    return {
      countsAs: 'attempt' as const,
      retryInMs: last ? undefined : backoffMs(event.attempts, Math.random()),
    };
  }

  private alert({ id, eventId, type, requestId }: ClaimedEvent, cause: unknown): void {
    this.logger.error(
      { err: cause, row: id, event: eventId, type, request_id: requestId },
      'webhook event is dead',
    );
  }
}
