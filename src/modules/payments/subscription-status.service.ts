import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { Access } from './domain/access';
import { EntitlementsService } from './entitlements.service';
import { CheckoutSessionsRepository } from './persistence/checkout-sessions.repository';
import type { StoredSubscription } from './persistence/subscription.row';

export interface SubscriptionStatusReport {
  readonly access: Access;
  /** The subscription that decides, or the newest one. */
  readonly subscription: StoredSubscription | undefined;
}

/** The one truthful status. Reads the database only; stale facts ask for a sync in the background. */
@Injectable()
export class SubscriptionStatusService {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly sessions: CheckoutSessionsRepository,
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
    return { access: paying && idle ? { ...access, ...CHECKOUT_OPEN } : access, subscription };
  }
}

const CHECKOUT_OPEN = { state: 'pending', reason: 'checkout_open', nextAction: 'complete_payment' } as const;
