import type { Room } from './http/room';
import { checkoutRoom } from './resources/checkout/session.room';
import { chargeRoom } from './resources/charges/charge.room';
import { couponRoom } from './resources/coupons/coupon.room';
import { promotionCodeRoom } from './resources/coupons/promotion-code.room';
import { creditNoteRoom } from './resources/credit-notes/credit-note.room';
import { customerRoom } from './resources/customers/customer.room';
import { discountRoom } from './resources/discounts/discount.room';
import { disputeRoom } from './resources/disputes/dispute.room';
import { eventRoom, type Resend } from './resources/events/event.room';
import { historyRoom } from './resources/history/history.room';
import { invoiceItemRoom } from './resources/invoice-items/invoice-item.room';
import { invoiceEditRoom } from './resources/invoices/invoice-edit.room';
import { invoiceRoom } from './resources/invoices/invoice.room';
import { paymentIntentRoom } from './resources/payment-intents/payment-intent.room';
import { paymentMethodRoom } from './resources/payment-methods/payment-method.room';
import { portalRoom } from './resources/portal/portal.room';
import { priceRoom } from './resources/prices/price.room';
import { productRoom } from './resources/products/product.room';
import { fraudWarningRoom } from './resources/radar/early-fraud-warning.room';
import { refundRoom } from './resources/refunds/refund.room';
import { scheduleRoom } from './resources/schedules/schedule.room';
import { setupIntentRoom } from './resources/setup-intents/setup-intent.room';
import { type OpenCliSession, stripeCliRoom } from './resources/stripe-cli/stripe-cli.room';
import { subscriptionItemRoom } from './resources/subscription-items/subscription-item.room';
import { subscriptionRoom } from './resources/subscriptions/subscription.room';
import { testClockRoom } from './resources/test-clocks/test-clock.room';
import { webhookEndpointRoom } from './resources/webhook-endpoints/webhook-endpoint.room';

/** Every resource the sandbox serves. The order is the order in which rooms hear signals: invoices first. */
export function allRooms(resend: Resend, openCliSession: OpenCliSession): Room[] {
  return [
    productRoom,
    priceRoom,
    couponRoom,
    promotionCodeRoom,
    discountRoom,
    customerRoom,
    paymentMethodRoom,
    paymentIntentRoom,
    chargeRoom,
    setupIntentRoom,
    refundRoom,
    disputeRoom,
    fraudWarningRoom,
    invoiceItemRoom,
    invoiceRoom,
    invoiceEditRoom,
    creditNoteRoom,
    subscriptionRoom,
    subscriptionItemRoom,
    scheduleRoom,
    checkoutRoom,
    portalRoom,
    eventRoom(resend),
    webhookEndpointRoom,
    stripeCliRoom(openCliSession),
    testClockRoom,
    historyRoom,
  ];
}
