import { Injectable } from '@nestjs/common';
import { StripePayments, type PaymentOrigin } from 'src/modules/payments/stripe/stripe-payments';
import { StripeRefunds, type RefundSnapshot } from 'src/modules/payments/stripe/stripe-refunds';
import type { Effect, EffectEvent, SyncedCustomer } from 'src/modules/payments/sync/effect';
import { RefundsRepository } from 'src/modules/payments/sync/persistence/refunds.repository';
import type { SyncWrite } from 'src/modules/payments/sync/sync-contributor';

interface InvoiceRefunds {
  readonly invoiceId: string;
  readonly refunds: readonly RefundSnapshot[];
  readonly full: boolean;
}

/**
 * `charge.refunded` and `refund.*`: every refund of the invoices concerned, as Stripe has them now. An invoice is fully
 * refunded when its succeeded refunds, over all its payments, reach what it collected.
 */
@Injectable()
export class RefundEffect implements Effect {
  constructor(
    private readonly payments: StripePayments,
    private readonly refunds: StripeRefunds,
    private readonly repository: RefundsRepository,
  ) {}

  async findCustomer(event: EffectEvent): Promise<string | undefined> {
    return (await this.findOrigin(event)).customerId ?? undefined;
  }

  async prepare(events: readonly EffectEvent[], { userId }: SyncedCustomer): Promise<SyncWrite> {
    return this.read(await this.findInvoices(events), userId);
  }

  /** Every refund of these invoices, to be written in the sync's transaction. */
  async read(invoiceIds: readonly string[], userId: string): Promise<SyncWrite> {
    const invoices = await Promise.all([...new Set(invoiceIds)].map((id) => this.readInvoice(id)));
    return async () => {
      for (const invoice of invoices) await this.repository.saveOfInvoice({ userId, ...invoice });
    };
  }

  private findOrigin({ type, objectId }: EffectEvent): Promise<PaymentOrigin> {
    return type === 'charge.refunded'
      ? this.payments.findOriginOfCharge(objectId)
      : this.refunds.findOrigin(objectId);
  }

  private async findInvoices(events: readonly EffectEvent[]): Promise<string[]> {
    const origins = await Promise.all(events.map((event) => this.findOrigin(event)));
    const intents = new Set(origins.flatMap(({ paymentIntentId }) => paymentIntentId ?? []));
    const invoices = await Promise.all([...intents].map((id) => this.payments.listInvoiceIds(id)));
    return [...new Set(invoices.flat())];
  }

  private async readInvoice(invoiceId: string): Promise<InvoiceRefunds> {
    const paid = await this.payments.listPaid(invoiceId);
    const refunds = (
      await Promise.all(paid.map(({ paymentIntentId }) => this.refunds.listOfPaymentIntent(paymentIntentId)))
    ).flat();
    const collected = sum(paid);
    const returned = sum(refunds.filter(({ status }) => status === 'succeeded'));
    return { invoiceId, refunds, full: collected > 0 && returned >= collected };
  }
}

const sum = (amounts: readonly { readonly amountMinor: number }[]): number =>
  amounts.reduce((total, { amountMinor }) => total + amountMinor, 0);
