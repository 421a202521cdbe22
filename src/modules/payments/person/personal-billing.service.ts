import { Injectable } from '@nestjs/common';
import { isLive, type Plan } from 'src/modules/payments/domain/subscription';
import type { RefundRequest } from 'src/modules/payments/refund-requests/domain/refund-request';
import { RefundRequestsService } from 'src/modules/payments/refund-requests/refund-requests.service';
import { ScheduledPlanChangesRepository } from 'src/modules/payments/subscriptions/persistence/scheduled-plan-changes.repository';
import {
  SubscriptionStatusService,
  type SubscriptionStatusReport,
} from 'src/modules/payments/subscriptions/subscription-status.service';
import {
  PersonalMoneyRepository,
  type PaidCard,
  type PeriodPrice,
  type PersonalInvoice,
} from './persistence/personal-money.repository';

export interface PersonalBilling extends SubscriptionStatusReport {
  /** What the subscription of `status` charges next and when; undefined when it charges nothing more. */
  readonly nextCharge: { readonly at: Date; readonly price: PeriodPrice | undefined } | undefined;
  /** What a resume would charge and when; only while the subscription is set to end. */
  readonly resumedCharge: PersonalBilling['nextCharge'];
  /** The plan that begins when the paid time is over. */
  readonly scheduledChange: { readonly plan: Plan; readonly at: Date } | undefined;
  readonly card: PaidCard | undefined;
  readonly invoices: readonly PersonalInvoice[];
  readonly refundRequests: readonly RefundRequest[];
}

const MOST_INVOICES = 12;

/** The billing of one person as their own account page shows it. Calls nobody. */
@Injectable()
export class PersonalBillingService {
  constructor(
    private readonly status: SubscriptionStatusService,
    private readonly requests: RefundRequestsService,
    private readonly money: PersonalMoneyRepository,
    private readonly changes: ScheduledPlanChangesRepository,
  ) {}

  async getBilling(userId: string): Promise<PersonalBilling> {
    const [report, card, invoices, refundRequests] = await Promise.all([
      this.status.getStatus(userId),
      this.money.findCard(userId),
      this.money.listInvoices(userId, MOST_INVOICES),
      this.requests.list(userId),
    ]);
    const [nextCharge, resumedCharge, scheduledChange] = await Promise.all([
      this.findNextCharge(report),
      this.findResumedCharge(report),
      this.findScheduledChange(report),
    ]);
    return { ...report, card, invoices, refundRequests, nextCharge, resumedCharge, scheduledChange };
  }

  /** A resume restores the change of plan that the cancellation has suspended. */
  private async findResumedCharge({
    subscription,
  }: SubscriptionStatusReport): Promise<PersonalBilling['nextCharge']> {
    if (subscription === undefined || !isLive(subscription.status) || subscription.cancelAt === null)
      return undefined;
    const { id, currentPeriodEnd: at } = subscription;
    const suspended = await this.changes.findSuspended(id);
    const price = await (suspended === undefined
      ? this.money.findPeriodPrice(id)
      : this.money.findPrice(suspended.priceId));
    return { at, price };
  }

  private async findScheduledChange({
    subscription,
  }: SubscriptionStatusReport): Promise<PersonalBilling['scheduledChange']> {
    if (subscription === undefined) return undefined;
    const change = await this.changes.findActive(subscription.id);
    // The record outlives the change: it has happened when the subscription has the plan.
    if (change === undefined || change.plan === subscription.plan) return undefined;
    return { plan: change.plan, at: change.effectiveAt };
  }

  private async findNextCharge({
    subscription,
  }: SubscriptionStatusReport): Promise<PersonalBilling['nextCharge']> {
    if (subscription === undefined || !isLive(subscription.status) || subscription.cancelAt !== null)
      return undefined;
    if (subscription.status !== 'active' && subscription.status !== 'trialing') return undefined;
    const at =
      subscription.trialEnd !== null && subscription.status === 'trialing'
        ? subscription.trialEnd
        : subscription.currentPeriodEnd;
    return { at, price: await this.money.findPeriodPrice(subscription.id) };
  }
}
