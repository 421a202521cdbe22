import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { EventEffects } from 'src/modules/payments';
import { findReasonNotToReplay } from './domain/inbox-replay';
import {
  EventNotIgnorableError,
  EventNotReplayableError,
  WebhookEventNotFoundError,
} from './inbox-replay.errors';
import { InboxReplayRepository, type ReplayRow } from './persistence/inbox-replay.repository';

/**
 * Requeues stored events. Safe at any time: an event only makes the worker fetch the customer's
 * current state, so nothing is applied twice or out of order. Joins an open transaction.
 */
@Injectable()
export class InboxReplayService {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxReplayRepository,
    private readonly effects: EventEffects,
  ) {}

  /** Throws WebhookEventNotFoundError, or EventNotReplayableError for what is pending, done, or means no work. */
  async replay(id: number): Promise<ReplayRow> {
    return this.database.transaction(async () => {
      const row = await this.inbox.lock(id);
      if (row === undefined) throw new WebhookEventNotFoundError();
      const reason = findReasonNotToReplay(row, this.effects.handlingOf(row.type));
      if (reason !== undefined)
        throw new EventNotReplayableError(reason, { extensions: { event_status: row.status } });
      await this.inbox.putBack([id]);
      return row;
    });
  }

  /**
   * Nobody processes the event any more. A replay takes it back. Throws WebhookEventNotFoundError, or
   * EventNotIgnorableError for what is processed or ignored already.
   */
  async ignore(id: number): Promise<ReplayRow> {
    return this.database.transaction(async () => {
      const row = await this.inbox.lock(id);
      if (row === undefined) throw new WebhookEventNotFoundError();
      if (row.status !== 'dead' && row.status !== 'pending') throw new EventNotIgnorableError(row.status);
      await this.inbox.markIgnored(id, 'ignored_by_operator');
      return row;
    });
  }

  /** The oldest dead events, at most `limit`; returns their ids. */
  async replayDead(limit: number): Promise<number[]> {
    return this.database.transaction(async () => {
      const ids = await this.inbox.lockDead(limit);
      if (ids.length > 0) await this.inbox.putBack(ids);
      return ids;
    });
  }

  /** What `replayDead` would requeue now. */
  listDead(limit: number): Promise<number[]> {
    return this.inbox.listDead(limit);
  }

  countDead(): Promise<number> {
    return this.inbox.countDead();
  }
}
