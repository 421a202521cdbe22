import { Injectable } from '@nestjs/common';
import {
  EntitlementsService,
  isLive,
  NoSubscriptionError,
  RefundNotPossibleError,
  type MadeRefund,
} from 'src/modules/payments';
import { MoneyActsService, type RefundOutcome } from './money-acts.service';
import type { Act } from './persistence/audit-log.repository';
import { SubscriptionActsService } from './subscription-acts.service';

export interface DoubleResolution {
  /** The subscription to end. The other one stays. */
  readonly subscriptionId: string;
  /** Whether its last payment is returned. */
  readonly refund: boolean;
}

/** Somebody pays twice: ends one of the subscriptions and returns its last payment, in one step. */
@Injectable()
export class DoubleSubscriptionService {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly subscriptions: SubscriptionActsService,
    private readonly money: MoneyActsService,
  ) {}

  /**
   * Repeat it after a 503: what is done is skipped. The next sync closes the task. Throws `no_subscription` unless
   * another live subscription stays, and what cancelling and refunding throw.
   */
  async resolve(
    userId: string,
    { subscriptionId, refund }: DoubleResolution,
    act: Act,
  ): Promise<RefundOutcome> {
    const { facts } = await this.entitlements.explain(userId);
    const wanted = facts.subscriptions.find(({ id }) => id === subscriptionId);
    const stays = facts.subscriptions.some(({ id, status }) => id !== subscriptionId && isLive(status));
    if (wanted === undefined || !stays)
      throw new NoSubscriptionError('This user has no other live subscription beside this one.');
    if (isLive(wanted.status)) await this.subscriptions.cancelNow(userId, subscriptionId, act);
    // The newest comes first.
    const paid = facts.invoices.find(
      (invoice) => invoice.subscriptionId === subscriptionId && invoice.status === 'paid',
    );
    const refunds = refund && paid !== undefined ? await this.refund(userId, paid.id, act) : [];
    return { refunds, access: await this.entitlements.getAccess(userId) };
  }

  private async refund(userId: string, invoiceId: string, act: Act): Promise<readonly MadeRefund[]> {
    try {
      return (await this.money.refund(userId, { invoiceId, amountMinor: undefined }, act)).refunds;
    } catch (error) {
      // Nothing is left of it: it was free, or an earlier attempt has returned it.
      if (error instanceof RefundNotPossibleError) return [];
      throw error;
    }
  }
}
