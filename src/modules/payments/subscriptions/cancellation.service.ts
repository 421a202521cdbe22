import { Injectable } from '@nestjs/common';
import type { UnpaidInvoice } from 'src/modules/payments/domain/invoice-view';
import { SubscriptionEndingService } from 'src/modules/payments/ending/subscription-ending.service';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeCollection } from 'src/modules/payments/stripe/stripe-collection';
import {
  StripeSubscriptions,
  type CancellationDetails,
  type SubscriptionChange,
} from 'src/modules/payments/stripe/stripe-subscriptions';
import type { ChangeContext } from './change-context';
import { decideCancel, type CancelPlan, type CancelTime, type FurtherCharges } from './domain/decide-cancel';
import { ScheduledEnds } from './scheduled-ends.service';
import { SubscriptionInspector, type Inspected } from './subscription-inspector';

export interface Cancellation extends ChangeContext {
  readonly when: CancelTime;
  readonly details: CancellationDetails;
}

export interface Cancelled {
  readonly subscriptionId: string;
  readonly kind: CancelPlan['kind'];
  readonly charges: FurtherCharges;
}

/** Ends one subscription by the rule of `decideCancel`. The caller holds the customer's lease and syncs afterwards. */
@Injectable()
export class CancellationService {
  constructor(
    private readonly inspector: SubscriptionInspector,
    private readonly ending: SubscriptionEndingService,
    private readonly operations: OperationsService,
    private readonly stripe: StripeSubscriptions,
    private readonly collection: StripeCollection,
    private readonly schedules: ScheduledEnds,
  ) {}

  /** Returns only when everything is done. Idempotent. Throws StripeUnavailableError and ManagedByScheduleError. */
  async cancel(subscriptionId: string, cancellation: Cancellation): Promise<Cancelled> {
    const inspected = await this.inspector.inspect(subscriptionId);
    const plan = decideCancel(inspected.state, inspected.unpaid, cancellation.when);
    if (plan.kind === 'end_now') await this.endNow(inspected, cancellation);
    if (plan.kind === 'at_period_end') await this.endLater(inspected, plan, cancellation);
    return { subscriptionId, kind: plan.kind, charges: plan.charges };
  }

  private async endNow({ state }: Inspected, { userId, requestId, details }: Cancellation): Promise<void> {
    const { id: subscriptionId, customerId } = state;
    if (Object.keys(details).length > 0) {
      await this.write({ userId, requestId }, subscriptionId, { cancellation_details: details });
    }
    await this.ending.end({ userId, customerId, subscriptionId, requestId });
  }

  private async endLater(
    { state, unpaid }: Inspected,
    plan: Extract<CancelPlan, { kind: 'at_period_end' }>,
    { userId, requestId, details }: Cancellation,
  ): Promise<void> {
    const context = { userId, requestId };
    const isFree = plan.setsEnd && (await this.schedules.giveWay(context, state)) === 'free';
    const change = {
      cancel_at_period_end: true,
      ...(Object.keys(details).length === 0 ? {} : { cancellation_details: details }),
    };
    if (isFree) await this.write(context, state.id, change);
    await this.stopInvoices(
      context,
      state.id,
      unpaid.filter(({ id }) => plan.voids.includes(id)),
    );
  }

  private async stopInvoices(
    context: ChangeContext,
    subscriptionId: string,
    invoices: readonly UnpaidInvoice[],
  ): Promise<void> {
    if (invoices.length === 0) return;
    const params = { invoices: invoices.map(({ id }) => id) };
    const target = `invoices:${subscriptionId}`;
    await this.operations.runAfresh(
      { ...context, kind: 'cancel_subscription', target, params },
      async ({ id: key }) => {
        for (const { id, status } of invoices) {
          if (status === 'draft') await this.collection.stopDraft(id, `${key}:${id}`);
          else await this.collection.voidInvoice(id, `${key}:${id}`);
        }
        return { id: subscriptionId };
      },
    );
  }

  private async write(context: ChangeContext, id: string, change: SubscriptionChange): Promise<void> {
    await this.operations.runAfresh(
      { ...context, kind: 'cancel_subscription', target: `subscription:${id}`, params: change },
      async ({ id: key }) => {
        await this.stripe.update(id, change, key);
        return { id };
      },
    );
  }
}
