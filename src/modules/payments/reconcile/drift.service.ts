import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { Lease } from 'src/engine/lease';
import { LeaseService } from 'src/engine/lease.service';
import { SyncRequests } from 'src/engine/sync-requests';
import { isRepairable, type Drift } from 'src/modules/payments/reconcile/domain/drift';
import {
  DriftFindingsRepository,
  type DriftFinding,
} from 'src/modules/payments/reconcile/persistence/drift-findings.repository';
import { KnownSubscriptionsRepository } from 'src/modules/payments/reconcile/persistence/known-subscriptions.repository';

const LOOK_AGAIN_MS = 500;
const MOST_AWAITED = 10_000;

/** What sweeps have found. Repairs go through the sync that events use as well, which fetches the current state. */
@Injectable()
export class DriftService {
  constructor(
    private readonly database: Database,
    private readonly leases: LeaseService,
    private readonly requests: SyncRequests,
    private readonly findings: DriftFindingsRepository,
    private readonly stored: KnownSubscriptionsRepository,
  ) {}

  /** Oldest first. */
  listOpen(limit: number): Promise<DriftFinding[]> {
    return this.findings.listOpen(limit);
  }

  countOpen(): Promise<number> {
    return this.findings.countOpen();
  }

  /** Makes the open findings equal to what a complete sweep found. Throws FenceLostError. */
  async record(lease: Lease, drift: readonly Drift[]): Promise<void> {
    await this.database.transaction(async () => {
      await this.leases.assertCurrent(lease);
      await this.findings.replaceOpen(drift);
    });
  }

  /** Requests a sync for every open finding that a sync can settle, and waits for them up to `ms`. */
  async repair(drift: readonly Drift[], ms: number): Promise<number> {
    const requestedAt = await this.stored.now();
    const repairs = await this.request(drift);
    if (repairs > 0) await this.awaitRepairs(requestedAt, ms);
    return repairs;
  }

  /** Requests one sync per customer. Safe to repeat. Returns how many customers will be synced. */
  private async request(drift: readonly Drift[]): Promise<number> {
    const customerIds = [...new Set(drift.filter(isRepairable).map(({ customerId }) => customerId))];
    if (customerIds.length === 0) return 0;
    for (const customerId of customerIds) await this.requests.ask(customerId, 0);
    await this.findings.markRepairRequested(customerIds);
    return customerIds.length;
  }

  /** Resolves the findings whose subscription has been synced since `requestedAt`; waits for them up to `ms`. */
  private async awaitRepairs(requestedAt: Date, ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    for (;;) {
      const open = await this.findings.listOpen(MOST_AWAITED);
      const awaited = open.filter((finding) => isRepairable(finding) && finding.subscriptionId !== null);
      const known = await this.stored.findMany(awaited.map(({ subscriptionId }) => subscriptionId ?? ''));
      const repaired = awaited.filter(({ subscriptionId }) => {
        const syncedAt = known.get(subscriptionId ?? '')?.syncedAt;
        return syncedAt !== undefined && syncedAt >= requestedAt;
      });
      if (repaired.length > 0) await this.findings.resolve(repaired.map(({ id }) => id));
      if (repaired.length === awaited.length || performance.now() >= deadline) return;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}
