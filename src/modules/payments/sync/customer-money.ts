import { Injectable } from '@nestjs/common';
import type { ChargeSnapshot, InvoiceListing } from 'src/modules/payments/domain/invoice';
import { StripeDisputes } from 'src/modules/payments/stripe/stripe-disputes';
import { DisputeEffect } from './effects/dispute.effect';
import { RefundEffect } from './effects/refund.effect';
import type { SyncedCustomer } from './effect';
import { InvoicesRepository } from './persistence/invoices.repository';
import { ReturnedMoneyRepository } from './persistence/returned-money.repository';
import type { SyncWrite } from './sync-contributor';

/**
 * A customer's part of the record of money: invoices, and the refunds and disputes whose events were lost. A charge says how much of it was returned and whether it is disputed; a
 * difference to what is stored is read in full. Disputes and refunds that are not decided are read with every sync.
 * Costs no call while nothing has changed.
 */
@Injectable()
export class CustomerMoney {
  constructor(
    private readonly invoices: InvoicesRepository,
    private readonly returned: ReturnedMoneyRepository,
    private readonly stripe: StripeDisputes,
    private readonly refunds: RefundEffect,
    private readonly disputes: DisputeEffect,
  ) {}

  /** From when on invoices may differ from what is stored; null: all of them. */
  findSince(customerId: string): Promise<Date | null> {
    return this.invoices.findUnsettledSince(customerId);
  }

  /** Reads what was returned, before the transaction. */
  async prepare({ userId, customerId }: SyncedCustomer, listing: InvoiceListing): Promise<SyncWrite[]> {
    const returned = await this.readReturned(userId, listing);
    return [() => this.invoices.save({ userId, customerId, listing }), ...returned];
  }

  private async readReturned(userId: string, { charges, invoices }: InvoiceListing): Promise<SyncWrite[]> {
    const { payments, undecidedDisputes, undecidedInvoices } = await this.returned.load(userId);
    const stored = new Map(payments.map((payment) => [payment.paymentIntentId, payment]));
    const storedOf = ({ paymentIntentId }: ChargeSnapshot) => stored.get(paymentIntentId ?? '');
    const refunded = charges.filter(
      (charge) => charge.refundedMinor !== (storedOf(charge)?.refundedMinor ?? 0),
    );
    const disputed = charges.filter((charge) => charge.disputed && storedOf(charge)?.disputed !== true);
    const invoiceOf = (charge: ChargeSnapshot) =>
      storedOf(charge)?.invoiceId ??
      invoices.find(({ payments: own }) =>
        own.some(({ paymentIntentId }) => paymentIntentId === charge.paymentIntentId),
      )?.id;
    const found = await Promise.all(disputed.map(({ id }) => this.stripe.listOfCharge(id)));
    return Promise.all([
      this.refunds.read(
        [...undecidedInvoices, ...refunded.flatMap((charge) => invoiceOf(charge) ?? [])],
        userId,
      ),
      this.disputes.read([...undecidedDisputes, ...found.flat()], userId),
    ]);
  }
}
