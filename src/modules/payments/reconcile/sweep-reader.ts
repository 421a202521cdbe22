import { Injectable } from '@nestjs/common';
import { UsersService } from 'src/modules/users';
import type { ListedSubscription } from 'src/modules/payments/domain/subscription';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import {
  KnownSubscriptionsRepository,
  type SyncedSubscription,
} from 'src/modules/payments/reconcile/persistence/known-subscriptions.repository';
import { StripeListing } from 'src/modules/payments/stripe/stripe-listing';
import { CustomerDirectory } from 'src/modules/payments/sync/customer-directory';
import {
  compareSubscription,
  findDoubles,
  missingThere,
  unknownCustomer,
  type Drift,
  type OwnedSubscription,
} from './domain/drift';
import type { RequestPace } from './request-pace';

const PAGE = 1000;
/** Stored subscriptions that are not listed are asked for one by one, at most so many. */
const MOST_SINGLE_READS = 500;

export interface Comparison {
  readonly subscriptions: number;
  readonly customers: number;
  /** Stored subscriptions and bound customers that were compared. */
  readonly compared: number;
  readonly drift: readonly Drift[];
}

/** Compares everything at Stripe with everything here. Changes nothing. */
@Injectable()
export class SweepReader {
  constructor(
    private readonly stripe: StripeListing,
    private readonly stored: KnownSubscriptionsRepository,
    private readonly directory: CustomerDirectory,
    private readonly users: UsersService,
    private readonly plans: PlansService,
  ) {}

  /** Throws StripeUnavailableError: half a comparison would report what it has not seen as missing. */
  async compare(pace: RequestPace): Promise<Comparison> {
    const startedAt = await this.stored.now();
    const [listed, customers] = await Promise.all([this.compareListed(pace), this.readCustomers(pace)]);
    const unlisted = await this.compareUnlisted(listed.ids, startedAt, pace);
    const bound = await this.compareCustomers(customers, startedAt);
    return {
      subscriptions: listed.ids.size,
      customers: customers.size,
      compared: unlisted.compared + bound.compared,
      drift: [...listed.drift, ...unlisted.drift, ...bound.drift],
    };
  }

  private async compareListed(pace: RequestPace): Promise<{ ids: Set<string>; drift: Drift[] }> {
    const premium = await this.plans.getPremiumProductIds();
    const ids = new Set<string>();
    const sold: OwnedSubscription[] = [];
    const drift: Drift[] = [];
    for await (const page of this.stripe.subscriptions(pace.wait)) {
      const readAt = await this.stored.now();
      for (const { id } of page) ids.add(id);
      const owners = await this.directory.findOwners(page.map(({ customerId }) => customerId));
      const ours = page.flatMap((listed) => {
        const userId = owners.get(listed.customerId);
        return userId === undefined ? [] : [{ ...listed, userId }];
      });
      drift.push(...(await this.comparePage(ours, readAt)));
      sold.push(...ours.filter(({ productIds }) => productIds.some((id) => premium.has(id))));
    }
    return { ids, drift: [...drift, ...findDoubles(sold)] };
  }

  /** What was synced after the page was read is newer than the page. */
  private async comparePage(page: readonly OwnedSubscription[], readAt: Date): Promise<Drift[]> {
    const known = await this.stored.findMany(page.map(({ id }) => id));
    return page.flatMap((listed) => {
      const stored = known.get(listed.id);
      if (stored !== undefined && stored.syncedAt >= readAt) return [];
      return compareSubscription(listed, stored, listed.userId);
    });
  }

  private async readCustomers(pace: RequestPace): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const page of this.stripe.customerIds(pace.wait)) for (const id of page) ids.add(id);
    return ids;
  }

  /** Live here and not listed: canceled at Stripe, or unknown to the account. */
  private async compareUnlisted(
    listedIds: ReadonlySet<string>,
    startedAt: Date,
    pace: RequestPace,
  ): Promise<{ compared: number; drift: Drift[] }> {
    const unlisted: SyncedSubscription[] = [];
    let compared = 0;
    let after = '';
    for (;;) {
      const rows = await this.stored.listLive(after, PAGE);
      compared += rows.length;
      unlisted.push(...rows.filter(({ id, syncedAt }) => !listedIds.has(id) && syncedAt < startedAt));
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      after = last.id;
    }
    const drift: Drift[] = [];
    for (const [index, stored] of unlisted.entries()) {
      const listed = index < MOST_SINGLE_READS ? await this.readOne(stored.id, pace) : undefined;
      drift.push(...(listed ? compareSubscription(listed, stored, stored.userId) : [missingThere(stored)]));
    }
    return { compared, drift };
  }

  private async readOne(id: string, pace: RequestPace): Promise<ListedSubscription | undefined> {
    await pace.wait();
    return this.stripe.findSubscription(id);
  }

  private async compareCustomers(
    listedIds: ReadonlySet<string>,
    startedAt: Date,
  ): Promise<{ compared: number; drift: Drift[] }> {
    const drift: Drift[] = [];
    let compared = 0;
    let after = '';
    for (;;) {
      const bound = await this.users.listBound({ after, before: startedAt, limit: PAGE });
      compared += bound.length;
      for (const { customerId, userId } of bound)
        if (!listedIds.has(customerId)) drift.push(unknownCustomer(customerId, userId));
      const last = bound.at(-1);
      if (last === undefined || bound.length < PAGE) return { compared, drift };
      after = last.customerId;
    }
  }
}
