import { Injectable, Logger } from '@nestjs/common';
import type { Lease } from 'src/engine/lease';
import { LeaseService } from 'src/engine/lease.service';
import { SyncRequests } from 'src/engine/sync-requests';
import { CustomerSyncService, type SyncOutcome } from 'src/modules/payments';
import {
  InboxWorkRepository,
  type Claim,
  type InboxState,
} from 'src/modules/webhooks/persistence/inbox-work.repository';
import { EventCustomers } from './event-customers';
import { EventFailures } from './event-failures';
import type { ProcessedBy } from './domain/inbox-event';

/** `busy`: another process works for this customer and will see this event when done. */
export type ProcessingResult = 'processed' | 'nothing_to_do' | 'busy';

/** After so many rounds for one customer, the rest is left to the dispatcher: others want their turn. */
const MAX_ROUNDS = 20;
/** The clock that wakes a delayed job is not the database's. */
const EARLY_MS = 250;

/**
 * From an inbox row to its effect. Work is per customer: one fetch serves every event of the customer that had arrived
 * before it began. Runs the same in a Bull processor and in the dispatcher. Idempotent.
 */
@Injectable()
export class EventProcessingService {
  private readonly logger = new Logger(EventProcessingService.name);

  constructor(
    private readonly inbox: InboxWorkRepository,
    private readonly leases: LeaseService,
    private readonly customers: CustomerSyncService,
    private readonly requests: SyncRequests,
    private readonly failures: EventFailures,
    private readonly eventCustomers: EventCustomers,
  ) {}

  /** Throws what the work threw, after it has been written to the row. A row that is not due yet is left alone. */
  async processEvent(id: number, by: ProcessedBy): Promise<ProcessingResult> {
    const row = await this.inbox.find(id);
    if (row?.status !== 'pending' || row.dueInMs > EARLY_MS) return 'nothing_to_do';
    const subjectId = row.subjectId ?? (await this.eventCustomers.find(id, by));
    return subjectId === undefined ? 'nothing_to_do' : this.processSubject(subjectId, by);
  }

  /** Where the event is now; undefined when there is no such row. */
  findState(id: number): Promise<InboxState | undefined> {
    return this.inbox.find(id);
  }

  /**
   * Runs everything that is due for the customer; syncs even when no event is, because a sync was requested. An event
   * that arrives meanwhile finds the lease taken and returns, relying on being seen here: one more round.
   */
  async processSubject(subjectId: string, by: ProcessedBy): Promise<ProcessingResult> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const result = await this.leases.tryRun(subjectId, (lease) => this.work(lease, by));
      if (result === 'busy') return 'busy';
      if (!(await this.inbox.hasDueOfSubject(subjectId))) break;
    }
    return 'processed';
  }

  private async work(lease: Lease, by: ProcessedBy): Promise<void> {
    const claimed = await this.claim(lease, by);
    const first = claimed.due[0];
    const cause = first
      ? { kind: 'webhook' as const, id: first.eventId }
      : { kind: 'sync_request' as const, id: lease.subjectId };
    try {
      const outcome = await this.customers.sync(lease, {
        cause,
        events: [...claimed.due, ...claimed.waiting],
        inTransaction: (result) => this.markProcessed(claimed, by, result),
      });
      this.log(lease, claimed, { outcome, by });
    } catch (error) {
      await this.requests.postpone(lease.subjectId);
      await this.failures.record(claimed.due, error, by);
      throw error;
    }
  }

  private async claim(lease: Lease, by: ProcessedBy): Promise<Claim> {
    const claim = await this.inbox.claim(lease.subjectId, lease.fence);
    return { ...claim, due: await this.failures.dropCrashed(claim.due, by) };
  }

  private async markProcessed(claim: Claim, by: ProcessedBy, outcome: SyncOutcome): Promise<void> {
    const ids = [...claim.due.map(({ id }) => id), ...claim.waiting.map(({ id }) => id)];
    await this.inbox.markProcessed(ids, by, outcome === 'unmatched' ? 'unmatched_customer' : null);
  }

  private log(lease: Lease, { due }: Claim, how: { outcome: SyncOutcome; by: ProcessedBy }): void {
    this.logger.log(
      {
        customer: lease.subjectId,
        fence: lease.fence,
        events: due.map(({ eventId }) => eventId),
        types: due.map(({ type }) => type),
        request_ids: due.map(({ requestId }) => requestId),
        ...how,
      },
      'customer synced',
    );
  }
}
