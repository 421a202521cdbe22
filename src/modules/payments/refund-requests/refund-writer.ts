import { Injectable } from '@nestjs/common';
import { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import { StripeRefunds } from 'src/modules/payments/stripe/stripe-refunds';
import { CustomerDirectory } from 'src/modules/payments/sync/customer-directory';
import { RefreshService } from 'src/modules/payments/sync/refresh.service';
import { UsersService } from 'src/modules/users';
import type { RefundRequest } from './domain/refund-request';
import { RefundRequestsRepository, type RefundablePayment } from './persistence/refund-requests.repository';

/** Returns the money of an invoice, one persisted operation per payment, and syncs what follows from it. */
@Injectable()
export class RefundWriter {
  constructor(
    private readonly operations: OperationsService,
    private readonly requests: RefundRequestsRepository,
    private readonly stripe: StripeRefunds,
    private readonly users: UsersService,
    private readonly customers: CustomerDirectory,
    private readonly syncs: RefreshService,
  ) {}

  /** Repeating continues: a payment that Stripe has refunded is skipped. Throws Stripe's errors. */
  async refund(request: RefundRequest, requestId: string): Promise<void> {
    const user = await this.users.getById(request.userId);
    for (const payment of await this.requests.findRefundablePayments(request.invoiceId)) {
      await this.refundPayment(request, payment, requestId);
    }
    for (const { id } of await this.customers.listCustomers(user)) {
      await this.syncs.refresh(id, { kind: 'api', id: requestId });
    }
  }

  private async refundPayment(
    { id, userId }: RefundRequest,
    { paymentIntentId }: RefundablePayment,
    requestId: string,
  ): Promise<void> {
    const target = `refund:${paymentIntentId}`;
    const pending = await this.operations.findPending(target);
    const isUnanswered = pending !== undefined && this.operations.isRepeatable(pending);
    // The record here may be older than the last refund at Stripe.
    if (!isUnanswered && (await this.stripe.isRefunded(paymentIntentId))) return;
    try {
      await this.operations.run(
        {
          userId,
          kind: 'create_refund',
          target,
          params: { paymentIntentId, refundRequestId: id },
          requestId,
        },
        (operation) => this.stripe.create({ paymentIntentId, refundRequestId: id }, operation.id),
      );
    } catch (error) {
      // A second approval at the same moment was faster: the money is returned, which is all that this one wants.
      const isDone = error instanceof StripeRejectedError && error.stripeCode === 'charge_already_refunded';
      if (!isDone) throw error;
    }
  }
}
