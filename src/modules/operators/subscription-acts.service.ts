import { Injectable } from '@nestjs/common';
import {
  EntitlementsService,
  SubscriptionRepairsService,
  SubscriptionsService,
  type Access,
  type Repair,
} from 'src/modules/payments';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

/** Cancel and resume for a user. The audit entry is written before Stripe is asked: its answer can be lost. */
@Injectable()
export class SubscriptionActsService {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly repairs: SubscriptionRepairsService,
    private readonly entitlements: EntitlementsService,
    private readonly audit: AuditLogRepository,
  ) {}

  /** Stops the renewal of every subscription of the user. Repeating changes nothing. Throws `no_subscription`, 503. */
  async cancelAtPeriodEnd(userId: string, act: Act): Promise<Access> {
    await this.subscriptions.cancel({ userId, requestId: act.requestId });
    await this.record(
      'cancel_subscription',
      { kind: 'user', id: userId },
      { userId, act, details: { when: 'period_end' } },
    );
    return this.entitlements.getAccess(userId);
  }

  /** Throws `no_subscription`, `subscription_ended`, 503. */
  async resume(userId: string, act: Act): Promise<Access> {
    await this.subscriptions.resume({ userId, requestId: act.requestId });
    await this.record('resume_subscription', { kind: 'user', id: userId }, { userId, act });
    return this.entitlements.getAccess(userId);
  }

  /** Ends one subscription now, and the collection of what it owes. Refunds nothing. Throws as `resume`. */
  async cancelNow(userId: string, subscriptionId: string, act: Act): Promise<Access> {
    const target = { kind: 'subscription' as const, id: subscriptionId };
    const record = () =>
      this.record('cancel_subscription', target, { userId, act, details: { when: 'now' } });
    await this.repairs.endNow(subscriptionId, toRepair(userId, act, record));
    return this.entitlements.getAccess(userId);
  }

  private record(
    action: 'cancel_subscription' | 'resume_subscription',
    target: { readonly kind: 'user' | 'subscription'; readonly id: string },
    entry: { readonly userId: string; readonly act: Act; readonly details?: Record<string, unknown> },
  ): Promise<void> {
    return this.audit.append({ action, target, ...entry });
  }
}

export const toRepair = (userId: string, act: Act, record: Repair['record']): Repair => ({
  userId,
  operatorId: act.operatorId,
  requestId: act.requestId,
  record,
});
