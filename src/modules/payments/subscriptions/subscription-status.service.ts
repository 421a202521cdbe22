import { Injectable } from '@nestjs/common';
import type { Access } from 'src/modules/payments/access/domain/access';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import {
  CheckoutSessionsRepository,
  type StoredCheckout,
} from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { TrialsService } from 'src/modules/payments/checkout/trials.service';
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
    private readonly trials: TrialsService,
    private readonly syncs: SyncRequests,
  ) {}

  async getStatus(userId: string): Promise<SubscriptionStatusReport> {
    const { access, facts } = await this.entitlements.explain(userId);
    const subscription =
      facts.subscriptions.find(({ id }) => id === access.subscriptionId) ?? facts.subscriptions[0];
    const checkout = access.reason === 'checkout_open' ? await this.sessions.findOpen(userId) : undefined;
    // The payment may have arrived while its event was lost. The answer does not wait for the sync.
    if (checkout !== undefined) void this.syncs.ask(checkout.customerId, SYNC_INTERVAL_MS);
    return { access: await this.withReason(userId, access, checkout), subscription, checkout };
  }

  /** What the decision does not read: a declined card on the open link, and a trial whose card had one before. */
  private async withReason(
    userId: string,
    access: Access,
    checkout: StoredCheckout | undefined,
  ): Promise<Access> {
    if (checkout !== undefined && checkout.declineCode !== null)
      return { ...access, reason: 'checkout_declined' };
    if (access.reason !== 'canceled') return access;
    const trials = await this.trials.listOfUser(userId);
    const isRefused = trials.some(
      ({ subscriptionId, refused }) => refused && subscriptionId === access.subscriptionId,
    );
    return isRefused ? { ...access, reason: 'trial_card_used' } : access;
  }
}
