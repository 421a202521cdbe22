import { Inject, Injectable } from '@nestjs/common';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { StripeCustomers, type CustomerSnapshot } from 'src/modules/payments/stripe/stripe-customers';
import { CustomerDirectory } from './customer-directory';
import { CustomerMoney } from './customer-money';
import { EventEffects, type CoveredEvent } from './event-effects';
import {
  SYNC_CONTRIBUTORS,
  type FetchedCustomer,
  type SyncContributor,
  type SyncWrite,
} from './sync-contributor';

/** Whose customer it is, what Stripe says of it, and which products count. */
export interface CustomerState {
  readonly userId: string;
  readonly snapshot: CustomerSnapshot;
  readonly premiumProductIds: ReadonlySet<string>;
  /** What other topics and the effects of events have read, to be written with it. */
  readonly writes: readonly SyncWrite[];
}

/** Gathers, before any transaction is open, everything a sync writes. */
@Injectable()
export class CustomerStateReader {
  constructor(
    private readonly directory: CustomerDirectory,
    private readonly stripe: StripeCustomers,
    private readonly plans: PlansService,
    private readonly effects: EventEffects,
    private readonly money: CustomerMoney,
    @Inject(SYNC_CONTRIBUTORS) private readonly contributors: readonly SyncContributor[],
  ) {}

  /** Undefined when the customer was never bound to a user of ours: another product's purchase on the same Stripe account. */
  async read(customerId: string, events: readonly CoveredEvent[]): Promise<CustomerState | undefined> {
    const userId = await this.directory.findOwner(customerId);
    if (userId === undefined) return undefined;
    const [{ snapshot, premiumProductIds }, contributed, applied] = await Promise.all([
      this.fetchConverged(userId, customerId),
      Promise.all(this.contributors.map(async (contributor) => contributor.prepare?.(userId))),
      this.effects.prepare(events, { customerId, userId }),
    ]);
    const { invoices } = snapshot;
    const money = invoices === undefined ? [] : await this.money.prepare({ userId, customerId }, invoices);
    const writes = [...money, ...contributed.filter((write) => write !== undefined), ...applied];
    return { userId, snapshot, premiumProductIds, writes };
  }

  private async fetchConverged(userId: string, customerId: string): Promise<FetchedCustomer> {
    const invoicesSince = await this.money.findSince(customerId);
    const fetch = async (): Promise<FetchedCustomer> => {
      const [snapshot, premiumProductIds] = await Promise.all([
        this.stripe.fetch(customerId, invoicesSince),
        this.plans.getPremiumProductIds(),
      ]);
      return { userId, customerId, snapshot, premiumProductIds };
    };
    const customer = await fetch();
    let hasWritten = false;
    for (const contributor of this.contributors) {
      if (await contributor.converge?.(customer)) hasWritten = true;
    }
    return hasWritten ? fetch() : customer;
  }
}
