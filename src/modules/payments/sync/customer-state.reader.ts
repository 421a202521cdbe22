import { Inject, Injectable } from '@nestjs/common';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { StripeCustomers, type CustomerSnapshot } from 'src/modules/payments/stripe/stripe-customers';
import { CustomerDirectory } from './customer-directory';
import { CustomerMoney } from './customer-money';
import { EventEffects } from './event-effects';
import {
  SYNC_CONTRIBUTORS,
  type CoveredEvent,
  type FetchedCustomer,
  type ForeignWrite,
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
    const fetched = this.fetchConverged(userId, customerId);
    const reading = fetched.then(({ snapshot }) => snapshot);
    // When no contributor awaits it, the error is that of `fetched`.
    reading.catch(() => undefined);
    const customer = { userId, customerId, snapshot: reading };
    const [{ snapshot, premiumProductIds }, contributed, applied] = await Promise.all([
      fetched,
      Promise.all(this.contributors.map(async (contributor) => contributor.prepare?.(customer))),
      this.effects.prepare(events, { customerId, userId }),
    ]);
    const { invoices } = snapshot;
    const money = invoices === undefined ? [] : await this.money.prepare({ userId, customerId }, invoices);
    const writes = [...money, ...contributed.filter((write) => write !== undefined), ...applied];
    return { userId, snapshot, premiumProductIds, writes };
  }

  private async fetchConverged(userId: string, customerId: string): Promise<FetchedCustomer> {
    const invoicesSince = await this.money.findSince(customerId);
    const read = async (): Promise<FetchedCustomer> => {
      const [snapshot, premiumProductIds] = await Promise.all([
        this.stripe.fetch(customerId, invoicesSince),
        this.plans.getPremiumProductIds(),
      ]);
      return { userId, customerId, snapshot, premiumProductIds };
    };
    const customer = await read();
    let hasWritten = false;
    for (const contributor of this.contributors) {
      if (await contributor.converge?.(customer)) hasWritten = true;
    }
    return hasWritten ? read() : customer;
  }

  /** What a subject without a user means: an event of the catalogue, or money of a customer that is nobody's. */
  async readForeign(subjectId: string, events: readonly CoveredEvent[]): Promise<ForeignWrite[]> {
    const found = await Promise.all(
      this.contributors.map(async (contributor) => contributor.prepareForeign?.(subjectId, events)),
    );
    return found.filter((write) => write !== undefined);
  }
}
