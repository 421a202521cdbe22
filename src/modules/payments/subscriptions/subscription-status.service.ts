import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { Access } from 'src/modules/payments/access/domain/access';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { CheckoutSessionsRepository } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { SyncRequests } from 'src/engine/sync-requests';
import type { StoredSubscription } from 'src/modules/payments/access/persistence/subscription.columns';

export interface SubscriptionStatusReport {
  readonly access: Access;
  /** The subscription that decides, or the newest one. */
  readonly subscription: StoredSubscription | undefined;
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
    private readonly clock: Clock,
  ) {}

  async getStatus(userId: string): Promise<SubscriptionStatusReport> {
    const [{ access, facts }, open] = await Promise.all([
      this.entitlements.explain(userId),
      this.sessions.findOpen(userId),
    ]);
    const subscription =
      facts.subscriptions.find(({ id }) => id === access.subscriptionId) ?? facts.subscriptions[0];
    const paying = open !== undefined && open.expiresAt > this.clock.now();
    const idle = !access.granted && (access.state === 'none' || access.state === 'expired');
    // The payment may have arrived while its event was lost. The answer does not wait for the sync.
    if (paying && idle) void this.syncs.ask(open.customerId, SYNC_INTERVAL_MS);
    return { access: paying && idle ? { ...access, ...CHECKOUT_OPEN } : access, subscription };
  }
}

const CHECKOUT_OPEN = { state: 'pending', reason: 'checkout_open', nextAction: 'complete_payment' } as const;
