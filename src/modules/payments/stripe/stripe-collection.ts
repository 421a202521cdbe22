import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { idOf } from './stripe-ids';
import { StripeGateway } from './stripe.gateway';

const PAGE = 100;

/**
 * What became of the money that a subscription owes. `processing`: a payment is on its way and may still arrive.
 * `action_required`: the bank waits for the student.
 */
export type PaymentProgress = 'none' | 'action_required' | 'processing';

export interface OwedInvoice {
  readonly id: string;
  readonly status: 'draft' | 'open';
  readonly dueMinor: number;
  readonly currency: string;
}

/** Why Stripe paused a subscription; `pause_requested` is a deliberate act, the others are failures to pay. */
export type PauseReason = 'pause_requested' | 'other' | 'not_paused';

/** Ending a subscription and the collection of what it owes. Each write sets a state: repeating it is harmless. */
@Injectable()
export class StripeCollection {
  constructor(private readonly gateway: StripeGateway) {}

  async isOver(subscriptionId: string): Promise<boolean> {
    const { status } = await this.gateway.call((stripe) => stripe.subscriptions.retrieve(subscriptionId));
    return status === 'canceled' || status === 'incomplete_expired';
  }

  async findPauseReason(subscriptionId: string): Promise<PauseReason> {
    const { status, status_details: details } = await this.gateway.call((stripe) =>
      stripe.subscriptions.retrieve(subscriptionId),
    );
    if (status !== 'paused') return 'not_paused';
    return details?.paused?.subscription?.type === 'pause_requested' ? 'pause_requested' : 'other';
  }

  /** Ends it at once. Nothing is invoiced and nothing is credited. */
  async cancelNow(subscriptionId: string): Promise<void> {
    await this.gateway.call((stripe) =>
      stripe.subscriptions.cancel(subscriptionId, { invoice_now: false, prorate: false }),
    );
  }

  /** Open invoices of the subscription, and drafts that Stripe would finalise. */
  async listOwed(subscriptionId: string): Promise<OwedInvoice[]> {
    const statuses = ['open', 'draft'] as const;
    const lists = await Promise.all(
      statuses.map(async (status) => {
        const invoices = await this.listInvoices(subscriptionId, status);
        // A draft that does not advance is never charged.
        const collecting = invoices.filter((invoice) => status === 'open' || invoice.auto_advance !== false);
        return collecting.map(({ id, amount_remaining: dueMinor, currency }) => ({
          id,
          status,
          dueMinor,
          currency,
        }));
      }),
    );
    return lists.flat();
  }

  async isOwed(invoiceId: string): Promise<boolean> {
    const { status } = await this.gateway.call((stripe) => stripe.invoices.retrieve(invoiceId));
    return status === 'open' || status === 'draft';
  }

  /** The furthest progress of any open payment of the subscription. */
  async findProgress(subscriptionId: string): Promise<PaymentProgress> {
    const open = await this.listInvoices(subscriptionId, 'open');
    const progress = await Promise.all(open.map(({ id }) => this.progressOf(id)));
    const all = progress.flat();
    return (['processing', 'action_required'] as const).find((state) => all.includes(state)) ?? 'none';
  }

  async voidInvoice(invoiceId: string, idempotencyKey: string): Promise<void> {
    await this.gateway.call((stripe) => stripe.invoices.voidInvoice(invoiceId, {}, { idempotencyKey }));
  }

  /** Keeps a draft from being finalised and charged. */
  async stopDraft(invoiceId: string, idempotencyKey: string): Promise<void> {
    await this.gateway.call((stripe) =>
      stripe.invoices.update(invoiceId, { auto_advance: false }, { idempotencyKey }),
    );
  }

  /** Items that wait for the next invoice of the subscription would otherwise land on another one. */
  async deletePendingItems(customerId: string, subscriptionId: string): Promise<void> {
    const items = await this.gateway.call((stripe) =>
      stripe.invoiceItems
        .list({ customer: customerId, pending: true, limit: PAGE })
        .autoPagingToArray({ limit: 1000 }),
    );
    const own = items.filter(({ parent }) => parent?.subscription_details?.subscription === subscriptionId);
    for (const { id } of own) await this.gateway.call((stripe) => stripe.invoiceItems.del(id));
  }

  private listInvoices(subscription: string, status: 'open' | 'draft'): Promise<Stripe.Invoice[]> {
    return this.gateway.call((stripe) =>
      stripe.invoices.list({ subscription, status, limit: PAGE }).autoPagingToArray({ limit: 1000 }),
    );
  }

  private async progressOf(invoice: string): Promise<PaymentProgress[]> {
    const { data } = await this.gateway.call((stripe) =>
      stripe.invoicePayments.list({ invoice, status: 'open', limit: PAGE }),
    );
    const intents = data.flatMap(({ payment }) => payment.payment_intent ?? []);
    return Promise.all(
      intents.map(async (intent) => {
        const { status } = await this.gateway.call((stripe) => stripe.paymentIntents.retrieve(idOf(intent)));
        if (status === 'processing') return 'processing';
        return status === 'requires_action' ? 'action_required' : 'none';
      }),
    );
  }
}
