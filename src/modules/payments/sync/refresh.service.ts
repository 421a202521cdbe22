import { Injectable } from '@nestjs/common';
import { LeaseService } from 'src/engine/lease.service';
import type { Lease } from 'src/engine/lease';
import type { Cause } from 'src/modules/payments/access/persistence/transitions.repository';
import { CustomerSyncService, type SyncRequest } from './customer-sync.service';

/** How long a caller waits while a worker syncs the same customer. */
const WAIT_MS = 8000;

/** Syncs for a person who waits for the answer: under the same lease and by the same path as the worker. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly leases: LeaseService,
    private readonly customers: CustomerSyncService,
  ) {}

  /** Throws StripeUnavailableError or CustomerBusyError (503): never an outdated answer. */
  async refresh(
    customerId: string,
    cause: Cause,
    inTransaction?: SyncRequest['inTransaction'],
  ): Promise<void> {
    const request = inTransaction === undefined ? { cause } : { cause, inTransaction };
    await this.leases.run(customerId, WAIT_MS, (lease) => this.customers.sync(lease, request));
  }

  /** Refreshes, lets `change` act on the fresh state, and refreshes again when it wrote something. */
  async change(
    customerId: string,
    cause: Cause,
    change: (lease: Lease) => Promise<'written' | 'unchanged'>,
  ): Promise<void> {
    await this.leases.run(customerId, WAIT_MS, async (lease) => {
      await this.customers.sync(lease, { cause });
      if ((await change(lease)) === 'written') await this.customers.sync(lease, { cause });
    });
  }
}
