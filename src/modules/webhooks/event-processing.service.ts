import { Injectable, Logger } from '@nestjs/common';
import { LeaseService } from 'src/engine/lease.service';
import { SubjectsRepository, type Lease } from 'src/engine/persistence/subjects.repository';
import { CustomerSyncService, type SyncOutcome } from 'src/modules/payments';
import { EventFailures } from './event-failures';
import { InboxRepository, type ClaimedEvent } from './persistence/inbox.repository';
import type { EventRef, ProcessedBy } from './persistence/webhook-events.repository';

/** `busy`: somebody else holds the customer and will see this event when done. */
export type ProcessingResult = 'processed' | 'nothing_to_do' | 'busy';

/** After so many rounds for one customer, the rest is left to the dispatcher: others want their turn. */
const MAX_ROUNDS = 20;

/**
 * From an inbox row to its effect. Work is per customer: one fetch serves every event of the customer that had arrived
 * before it began. Runs the same in a Bull processor and in the dispatcher. Idempotent.
 */
@Injectable()
export class EventProcessingService {
  private readonly logger = new Logger(EventProcessingService.name);

  constructor(
    private readonly inbox: InboxRepository,
    private readonly leases: LeaseService,
    private readonly customers: CustomerSyncService,
    private readonly subjects: SubjectsRepository,
    private readonly failures: EventFailures,
  ) {}

  /** Throws what the work threw, after it has been written to the row: the caller's queue shows the failure too. */
  async processEvent({ id, generation }: EventRef, by: ProcessedBy): Promise<ProcessingResult> {
    const row = await this.inbox.find(id);
    // Unknown, finished or claimed since the hint was given: another hint is or was the right one.
    if (row?.status !== 'pending' || row.generation !== generation || row.subjectId === null)
      return 'nothing_to_do';
    return this.processSubject(row.subjectId, by);
  }

  /**
   * Runs everything that is pending for the customer; syncs even when no event is, because somebody asked for it.
   * An event that arrives meanwhile finds the lease taken and goes away, trusting that it is seen here: one more round.
   */
  async processSubject(subjectId: string, by: ProcessedBy): Promise<ProcessingResult> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const result = await this.leases.tryRun(subjectId, (lease) => this.work(lease, by));
      if (result === 'busy') return 'busy';
      if ((await this.inbox.findDueOfSubject(subjectId)) === undefined) break;
    }
    return 'processed';
  }

  private async work(lease: Lease, by: ProcessedBy): Promise<void> {
    const claimed = await this.failures.dropCrashed(await this.inbox.claim(lease.subjectId, lease.fence));
    const cause = claimed[0]
      ? { kind: 'webhook' as const, id: claimed[0].eventId }
      : { kind: 'sync_request' as const, id: lease.subjectId };
    try {
      const outcome = await this.customers.sync(lease, {
        cause,
        inTransaction: (result) => this.markProcessed(claimed, by, result),
      });
      this.log(lease, claimed, { outcome, by });
    } catch (error) {
      await this.subjects.postponeSync(lease.subjectId);
      await this.failures.record(claimed, error);
      throw error;
    }
  }

  private async markProcessed(
    claimed: readonly ClaimedEvent[],
    by: ProcessedBy,
    outcome: SyncOutcome,
  ): Promise<void> {
    const ids = claimed.map(({ id }) => id);
    await this.inbox.markProcessed(ids, by, outcome === 'unmatched' ? 'unmatched_customer' : null);
  }

  private log(
    lease: Lease,
    claimed: readonly ClaimedEvent[],
    how: { outcome: SyncOutcome; by: ProcessedBy },
  ): void {
    this.logger.log(
      {
        customer: lease.subjectId,
        fence: lease.fence,
        events: claimed.map(({ eventId }) => eventId),
        types: claimed.map(({ type }) => type),
        request_ids: claimed.map(({ requestId }) => requestId),
        ...how,
      },
      'customer synced',
    );
  }
}
