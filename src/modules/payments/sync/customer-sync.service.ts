import { Injectable } from '@nestjs/common';
import { Failpoints } from 'src/config/failpoints';
import { Database } from 'src/database/database';
import type { Lease } from 'src/engine/lease';
import { LeaseService } from 'src/engine/lease.service';
import { SyncRequests } from 'src/engine/sync-requests';
import type { Cause } from 'src/modules/payments/access/persistence/transitions.repository';
import { CustomerStateReader } from './customer-state.reader';
import { CustomerStateWriter } from './customer-state.writer';
import type { CoveredEvent, SyncOutcome } from './sync-contributor';

export interface SyncRequest {
  readonly cause: Cause;
  /** The events that this sync covers: each runs the effect of its type. */
  readonly events?: readonly CoveredEvent[];
  /** Joins the sync's transaction: marks what this sync covers. Nothing of it stays when the sync fails. */
  readonly inTransaction?: (outcome: SyncOutcome) => Promise<void>;
}

export type { SyncOutcome };

/**
 * Makes our picture of one customer equal to Stripe's. The only way subscription state enters the database: webhooks,
 * cancel, resume and the return page all end here. Idempotent; the caller holds the customer's lease.
 */
@Injectable()
export class CustomerSyncService {
  constructor(
    private readonly database: Database,
    private readonly leases: LeaseService,
    private readonly requests: SyncRequests,
    private readonly reader: CustomerStateReader,
    private readonly writer: CustomerStateWriter,
    private readonly failpoints: Failpoints,
  ) {}

  /** Throws StripeUnavailableError when Stripe cannot answer and FenceLostError when the lease was lost meanwhile. */
  async sync(lease: Lease, { cause, events = [], inTransaction }: SyncRequest): Promise<SyncOutcome> {
    const state = await this.reader.read(lease.subjectId, events);
    const foreign = state === undefined ? await this.reader.readForeign(lease.subjectId, events) : [];
    const isSynced = state !== undefined || foreign.some(({ outcome: found }) => found === 'synced');
    const outcome = isSynced ? 'synced' : 'unmatched';
    this.failpoints.hit('worker.before_transaction');
    await this.database.transaction(async () => {
      await this.leases.assertCurrent(lease);
      if (state !== undefined) await this.writer.write(lease, state, cause);
      for (const { write } of foreign) await write();
      await this.requests.markServed(lease);
      await inTransaction?.(outcome);
    });
    this.failpoints.hit('worker.after_transaction');
    return outcome;
  }
}
