import type { Resource } from './http/resource';
import { checkoutResource } from './resources/checkout/session.resource';
import { chargeResource } from './resources/charges/charge.resource';
import { couponResource } from './resources/coupons/coupon.resource';
import { promotionCodeResource } from './resources/coupons/promotion-code.resource';
import { creditNoteResource } from './resources/credit-notes/credit-note.resource';
import { customerResource } from './resources/customers/customer.resource';
import { discountResource } from './resources/discounts/discount.resource';
import { disputeResource } from './resources/disputes/dispute.resource';
import { eventResource, type Resend } from './resources/events/event.resource';
import { historyResource } from './resources/history/history.resource';
import { invoiceItemResource } from './resources/invoice-items/invoice-item.resource';
import { invoiceEditResource } from './resources/invoices/invoice-edit.resource';
import { invoiceResource } from './resources/invoices/invoice.resource';
import { paymentIntentResource } from './resources/payment-intents/payment-intent.resource';
import { paymentMethodResource } from './resources/payment-methods/payment-method.resource';
import { portalResource } from './resources/portal/portal.resource';
import { planResource } from './resources/prices/plan.resource';
import { priceResource } from './resources/prices/price.resource';
import { productResource } from './resources/products/product.resource';
import { fraudWarningResource } from './resources/radar/early-fraud-warning.resource';
import { refundResource } from './resources/refunds/refund.resource';
import { scheduleResource } from './resources/schedules/schedule.resource';
import { setupIntentResource } from './resources/setup-intents/setup-intent.resource';
import { type OpenCliSession, stripeCliResource } from './resources/stripe-cli/stripe-cli.resource';
import { subscriptionItemResource } from './resources/subscription-items/subscription-item.resource';
import { subscriptionResource } from './resources/subscriptions/subscription.resource';
import { testClockResource } from './resources/test-clocks/test-clock.resource';
import { unsupportedResource } from './resources/unsupported/unsupported.resource';
import { webhookEndpointResource } from './resources/webhook-endpoints/webhook-endpoint.resource';

/** Every resource the sandbox serves. The order is the order in which resources hear signals: invoices first. */
export function allResources(resend: Resend, openCliSession: OpenCliSession): Resource[] {
  return [
    productResource,
    priceResource,
    planResource,
    couponResource,
    promotionCodeResource,
    discountResource,
    customerResource,
    paymentMethodResource,
    paymentIntentResource,
    chargeResource,
    setupIntentResource,
    refundResource,
    disputeResource,
    fraudWarningResource,
    invoiceItemResource,
    invoiceResource,
    invoiceEditResource,
    creditNoteResource,
    subscriptionResource,
    subscriptionItemResource,
    scheduleResource,
    checkoutResource,
    portalResource,
    eventResource(resend),
    webhookEndpointResource,
    stripeCliResource(openCliSession),
    testClockResource,
    unsupportedResource,
    historyResource,
  ];
}
