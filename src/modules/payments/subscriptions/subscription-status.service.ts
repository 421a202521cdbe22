import { Injectable } from '@nestjs/common';
import type { Access } from 'src/modules/payments/access/domain/access';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { SyncRequests } from 'src/engine/sync-requests';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';

export interface SubscriptionStatusReport {
  readonly access: Access;
  /** The subscription that decides, or the newest one. */
  readonly subscription: StoredSubscription | undefined;
  /** The open payment link, while it is the way to premium. */
  readonly checkout: StoredCheckout | undefined;
}

/** Somebody who polls while paying asks Stripe at most this often. */
const SYNC_INTERVAL_MS = 5000;

/** The one truthful status. Reads the database only; stale facts ask for a sync in the background. */
@Injectable()
export class SubscriptionStatusService {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly sessions: CheckoutSessionsRepository,
    private readonly syncs: SyncRequests,
  ) {}

  async getStatus(userId: string): Promise<SubscriptionStatusReport> {
    const { access, facts } = await this.entitlements.explain(userId);
    const subscription =
      facts.subscriptions.find(({ id }) => id === access.subscriptionId) ?? facts.subscriptions[0];
    const checkout = isWaiting(access) ? await this.sessions.findOpen(userId) : undefined;
    // The payment may have arrived while its event was lost. The answer does not wait for the sync.
    if (checkout !== undefined) void this.syncs.ask(checkout.customerId, SYNC_INTERVAL_MS);
    return { access, subscription, checkout };
  }
}

const isWaiting = ({ reason }: Access): boolean =>
  reason === 'checkout_open' || reason === 'checkout_declined';
