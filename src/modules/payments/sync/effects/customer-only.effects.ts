import { Injectable } from '@nestjs/common';
import { StripePayments } from 'src/modules/payments/stripe/stripe-payments';
import type { Effect, EffectEvent } from 'src/modules/payments/sync/effect';

/** `invoice_payment.paid` names an invoice but no customer. Once it is found, its sync is all there is to do. */
@Injectable()
export class InvoicePaymentEffect implements Effect {
  constructor(private readonly payments: StripePayments) {}

  findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    return this.payments.findCustomerOfInvoicePayment(objectId);
  }
}

/** `radar.early_fraud_warning.created` names a charge but no customer. Once it is found, its sync is all there is to do. */
@Injectable()
export class EarlyFraudWarningEffect implements Effect {
  constructor(private readonly payments: StripePayments) {}

  findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    return this.payments.findCustomerOfWarning(objectId);
  }
}
