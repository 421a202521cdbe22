import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { EventEffects } from 'src/modules/payments';
import { findReasonNotToReplay } from './domain/inbox-replay';
import { InboxReplayRepository, type ReplayRow } from './persistence/inbox-replay.repository';
import { InboxSelectionRepository, type ReplaySelection } from './persistence/inbox-selection.repository';

/** Requeues many events at once. As safe as a single replay: each one only makes the worker fetch the current state. */
@Injectable()
export class InboxBatchReplayService {
  constructor(
    private readonly database: Database,
    private readonly rows: InboxSelectionRepository,
    private readonly inbox: InboxReplayRepository,
    private readonly effects: EventEffects,
  ) {}

  /** What `replay` would requeue now. Changes nothing. */
  async list(selection: ReplaySelection): Promise<ReplayRow[]> {
    return (await this.rows.list(selection)).filter((row) => this.isReplayable(row));
  }

  /** Requeues the oldest matching events, and returns them. Joins an open transaction. */
  replay(selection: ReplaySelection): Promise<ReplayRow[]> {
    return this.database.transaction(async () => {
      const rows = (await this.rows.lock(selection)).filter((row) => this.isReplayable(row));
      if (rows.length > 0) await this.inbox.putBack(rows.map(({ id }) => id));
      return rows;
    });
  }

  /** In a batch, processed events count as failed ones: an operator replays them because their effect was wrong. */
  private isReplayable(row: ReplayRow): boolean {
    const candidate = row.status === 'processed' ? { ...row, status: 'dead' } : row;
    return findReasonNotToReplay(candidate, this.effects.handlingOf(row.type)) === undefined;
  }
}
