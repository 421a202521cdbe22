import { Injectable } from '@nestjs/common';
import { isOutage } from 'src/common/errors/outage';
import { Grouping } from 'src/common/grouping';
import {
  InboxIntakeRepository,
  type EventToStore,
  type StoredEvent,
} from 'src/modules/webhooks/persistence/inbox-intake.repository';

/** Two groups at a time, so that one slow commit does not hold up every delivery. */
const LANES = 2;
/** Each number of rows is a prepared statement of each connection. */
const MAX_ROWS = 64;
const MAX_CHARACTERS = 1_000_000;
const MAX_WAITING = 5000;
/** Together with the deadline of the statement, still less than Stripe waits. */
const MAX_WAIT_MS = 5000;

type Settled = PromiseSettledResult<StoredEvent>;

/** Writes received events in groups: deliveries that arrive during a commit share the next one (docs/adr/0022). */
@Injectable()
export class InboxWriter {
  private readonly commits = new Grouping<EventToStore, StoredEvent>((events) => this.commit(events), {
    lanes: LANES,
    maxItems: MAX_ROWS,
    maxSize: MAX_CHARACTERS,
    sizeOf: ({ payload }) => payload.length,
    maxWaiting: MAX_WAITING,
    maxWaitMs: MAX_WAIT_MS,
  });

  constructor(private readonly inbox: InboxIntakeRepository) {}

  /** When it resolves, the row is committed. Throws the outage of the database or what PostgreSQL refuses in this event. */
  store(event: EventToStore): Promise<StoredEvent> {
    return this.commits.add(event);
  }

  /** Keeps a signed body that is not an event, once per content. */
  quarantine(payload: string, contentHash: string, requestId: string): Promise<void> {
    return this.inbox.quarantine(payload, contentHash, requestId);
  }

  private async commit(events: readonly EventToStore[]): Promise<Settled[]> {
    try {
      const stored = await this.inbox.insertAll(events);
      return stored.map((value) => ({ status: 'fulfilled', value }));
    } catch (reason) {
      if (events.length === 1 || isOutage(reason)) return events.map(() => ({ status: 'rejected', reason }));
      // One row that PostgreSQL refuses must not fail the others: halves find it.
      const middle = events.length >> 1;
      return [...(await this.commit(events.slice(0, middle))), ...(await this.commit(events.slice(middle)))];
    }
  }
}
