import { Injectable } from '@nestjs/common';
import { LeaseService } from 'src/engine/lease.service';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { RefundNotPossibleError } from 'src/modules/payments/payments.errors';
import { StripePayments } from 'src/modules/payments/stripe/stripe-payments';
import { StripeRefunds } from 'src/modules/payments/stripe/stripe-refunds';
import { CustomerDirectory } from 'src/modules/payments/sync/customer-directory';
import { CustomerSyncService } from 'src/modules/payments/sync/customer-sync.service';
import { leftOf, splitRefund, type RefundPart } from './domain/split-refund';
import type { Repair } from './subscription-repairs.service';

/** How long an operator waits while a worker syncs the same customer. */
const WAIT_MS = 8000;

export interface RefundOrder {
  readonly invoiceId: string;
  /** Undefined: all that is left. */
  readonly amountMinor: number | undefined;
  /** What the caller saw was left. When it has changed, a double click or another operator was faster: nothing is refunded. */
  readonly leftMinor?: number | undefined;
}

export interface MadeRefund extends RefundPart {
  readonly refundId: string;
}

/** Returns money of an invoice. A full refund revokes the period that the invoice paid, as every refund does. */
@Injectable()
export class RefundingService {
  constructor(
    private readonly leases: LeaseService,
    private readonly sync: CustomerSyncService,
    private readonly operations: OperationsService,
    private readonly payments: StripePayments,
    private readonly refunds: StripeRefunds,
    private readonly directory: CustomerDirectory,
  ) {}

  /**
   * Refunds under persisted keys: a repetition after a lost answer refunds nothing twice. Throws RefundNotPossibleError for
   * an invoice of another user, without that much left, or with another amount left than `leftMinor`, and StripeUnavailableError (503).
   */
  async refund(request: RefundOrder, repair: Repair): Promise<MadeRefund[]> {
    const customerId = await this.payments.findCustomerOfInvoice(request.invoiceId);
    const owner = customerId === undefined ? undefined : await this.directory.findOwner(customerId);
    if (customerId === undefined || owner !== repair.userId) throw new RefundNotPossibleError();
    return this.leases.run(customerId, WAIT_MS, async (lease) => {
      const payments = await this.listRefundable(request.invoiceId);
      const parts = splitRefund(payments, request.amountMinor);
      if (parts === undefined || leftOf(payments) !== (request.leftMinor ?? leftOf(payments)))
        throw new RefundNotPossibleError();
      await repair.record();
      const made: MadeRefund[] = [];
      for (const part of parts) made.push(await this.refundPart(part, repair));
      await this.sync.sync(lease, {
        cause: { kind: 'operator', id: repair.operatorId },
        events: made.map(({ refundId }) => ({ type: 'refund.created', objectId: refundId })),
      });
      return made;
    });
  }

  private async listRefundable(invoiceId: string) {
    const paid = await this.payments.listPaid(invoiceId);
    return Promise.all(
      paid.map(async ({ paymentIntentId, amountMinor }) => {
        const refunds = await this.refunds.listOfPaymentIntent(paymentIntentId);
        const returned = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled');
        const refundedMinor = returned.reduce((sum, refund) => sum + refund.amountMinor, 0);
        return { paymentIntentId, paidMinor: amountMinor, refundedMinor };
      }),
    );
  }

  private async refundPart(part: RefundPart, { userId, requestId }: Repair): Promise<MadeRefund> {
    const { paymentIntentId, amountMinor } = part;
    const target = `refund:${paymentIntentId}`;
    const { id } = await this.operations.run(
      { userId, kind: 'refund_payment', target, params: { paymentIntentId, amountMinor }, requestId },
      (operation) => this.refunds.createPart(part, operation.id),
    );
    return { ...part, refundId: id };
  }
}
