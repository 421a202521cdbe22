/** What a trigger of the CLI must lead to. */
export interface Expected {
  /** The event, when it is not named like the trigger. */
  event?: string;
  /** Fields of the object in the event. */
  about?: object;
  /** Where the object is afterwards, and what it is then (by default as in the event). */
  path?: (object: { id: string }) => string;
  now?: object;
}

const at = (collection: string) => (object: { id: string }) => `/v1/${collection}/${object.id}`;
const gone = { error: { code: 'resource_missing' } };
const foo = { metadata: { foo: 'bar' } };

const charge = (about: object): Expected => ({ about, path: at('charges') });
const dispute = (about: object, now: object = about): Expected => ({ about, path: at('disputes'), now });
const session = (about: object): Expected => ({ about, path: at('checkout/sessions') });
const coupon = (about: object): Expected => ({ about, path: at('coupons') });
const creditNote = (about: object): Expected => ({ about, path: at('credit_notes') });
const customer = (about: object): Expected => ({ about, path: at('customers') });
const invoice = (about: object, now: object = about): Expected => ({ about, path: at('invoices'), now });
const intent = (about: object, now: object = about): Expected => ({
  about,
  path: at('payment_intents'),
  now,
});
const setup = (about: object, now: object = about): Expected => ({ about, path: at('setup_intents'), now });
const schedule = (about: object): Expected => ({ about, path: at('subscription_schedules') });
const subscription = (about: object): Expected => ({ about, path: at('subscriptions') });

/** Every trigger that concerns an object the sandbox has. */
export const TRIGGERS: Readonly<Record<string, Expected>> = {
  'billing_portal.configuration.created': {
    about: { business_profile: { headline: 'created by the Stripe CLI' } },
    path: at('billing_portal/configurations'),
    now: { features: { subscription_cancel: { enabled: true } } },
  },
  'billing_portal.configuration.updated': { about: foo, path: at('billing_portal/configurations') },
  'billing_portal.session.created': { about: { object: 'billing_portal.session' } },
  'charge.captured': charge({ captured: true, amount_captured: 2000 }),
  'charge.dispute.closed': dispute({ status: 'warning_closed' }),
  'charge.dispute.created': dispute({ status: 'warning_needs_response', amount: 100 }),
  'charge.dispute.updated': dispute(foo),
  'charge.failed': charge({ status: 'failed', failure_code: 'card_declined' }),
  'charge.refund.updated': { about: { object: 'refund', status: 'succeeded' }, path: at('refunds') },
  'charge.refunded': charge({ refunded: true, amount_refunded: 100 }),
  'charge.succeeded': charge({ status: 'succeeded', amount: 100 }),
  'checkout.session.async_payment_failed': session({ status: 'complete', payment_status: 'unpaid' }),
  'checkout.session.async_payment_succeeded': session({ status: 'complete', payment_status: 'paid' }),
  'checkout.session.completed': session({ status: 'complete', payment_status: 'paid', amount_total: 3000 }),
  'checkout.session.expired': session({ status: 'expired' }),
  'coupon.created': coupon({ percent_off: 20 }),
  'coupon.deleted': { about: { percent_off: 20 }, path: at('coupons'), now: gone },
  'coupon.updated': coupon(foo),
  'credit_note.created': creditNote({ amount: 1000, status: 'issued' }),
  'credit_note.updated': creditNote(foo),
  'credit_note.voided': creditNote({ status: 'void' }),
  'customer.created': customer({ description: '(created by Stripe CLI)' }),
  'customer.deleted': { about: { object: 'customer' }, path: at('customers'), now: { deleted: true } },
  'customer.discount.created': { about: { object: 'discount', source: { type: 'coupon' } } },
  'customer.discount.deleted': { about: { object: 'discount', deleted: true } },
  'customer.discount.updated': { about: { object: 'discount' } },
  'customer.subscription.created': subscription({ status: 'active' }),
  'customer.subscription.deleted': subscription({ status: 'canceled' }),
  'customer.subscription.paused': subscription({ status: 'paused' }),
  'customer.subscription.trial_will_end': subscription({ status: 'trialing' }),
  'customer.subscription.updated': subscription(foo),
  'customer.updated': customer(foo),
  'invoice.created': invoice({ status: 'draft', total: 2000 }),
  'invoice.deleted': { about: { status: 'draft' }, path: at('invoices'), now: gone },
  'invoice.finalized': invoice({ status: 'open', amount_due: 2000 }),
  'invoice.marked_uncollectible': invoice({ status: 'uncollectible' }),
  'invoice.paid': invoice({ status: 'paid', amount_paid: 2000 }),
  'invoice.payment_action_required': invoice({ status: 'open', attempted: true }),
  'invoice.payment_failed': invoice({ status: 'open', attempt_count: 1 }),
  'invoice.payment_succeeded': invoice({ status: 'paid', amount_paid: 2000 }),
  'invoice.sent': invoice({ status: 'open', collection_method: 'send_invoice' }),
  'invoice.updated': invoice(foo),
  'invoice.voided': invoice({ status: 'void' }),
  'invoiceitem.created': { about: { amount: 2000 }, path: at('invoiceitems') },
  'invoiceitem.deleted': { about: { amount: 2000 }, path: at('invoiceitems'), now: gone },
  'payment_intent.amount_capturable_updated': intent({ status: 'requires_capture', amount_capturable: 2000 }),
  'payment_intent.canceled': intent({ status: 'canceled', cancellation_reason: 'requested_by_customer' }),
  'payment_intent.created': intent({ status: 'requires_payment_method', amount: 2000 }),
  'payment_intent.payment_failed': intent({ last_payment_error: { code: 'card_declined' } }),
  'payment_intent.processing': intent({ status: 'processing' }),
  'payment_intent.requires_action': intent({ status: 'requires_action' }),
  'payment_intent.succeeded': intent({ status: 'succeeded', amount_received: 2000 }),
  'payment_method.attached': { about: { type: 'card' }, path: at('payment_methods') },
  'payment_method.detached': { about: { customer: null }, path: at('payment_methods') },
  'payment_method.updated': { about: foo, path: at('payment_methods') },
  'price.created': { about: { unit_amount: 1500 }, path: at('prices') },
  'price.updated': { about: foo, path: at('prices') },
  'product.created': { about: { name: 'myproduct' }, path: at('products') },
  'product.deleted': { about: { name: 'myproduct' }, path: at('products'), now: gone },
  'product.updated': { about: foo, path: at('products') },
  'promotion_code.created': { about: { active: true }, path: at('promotion_codes') },
  'promotion_code.updated': { about: foo, path: at('promotion_codes') },
  'setup_intent.canceled': setup({ status: 'canceled' }),
  'setup_intent.created': setup({ status: 'requires_payment_method' }),
  'setup_intent.requires_action': setup({ status: 'requires_action' }),
  'setup_intent.setup_failed': setup({ last_setup_error: { code: 'card_declined' } }),
  'setup_intent.succeeded': setup({ status: 'succeeded' }),
  'subscription.payment_failed': { event: 'invoice.payment_failed', ...invoice({ status: 'open' }) },
  'subscription_schedule.aborted': schedule({ status: 'canceled' }),
  'subscription_schedule.canceled': schedule({ status: 'canceled' }),
  'subscription_schedule.completed': schedule({ status: 'completed', end_behavior: 'release' }),
  'subscription_schedule.created': schedule({ status: 'active' }),
  'subscription_schedule.released': schedule({ status: 'released' }),
  'subscription_schedule.updated': schedule(foo),
  'test_helpers.test_clock.advancing': {
    about: { status: 'advancing' },
    path: at('test_helpers/test_clocks'),
    now: { status: 'ready', frozen_time: 1_580_515_200 },
  },
  'test_helpers.test_clock.created': {
    about: { frozen_time: 1_577_836_800 },
    path: at('test_helpers/test_clocks'),
  },
  'test_helpers.test_clock.deleted': {
    about: { frozen_time: 1_577_836_800 },
    path: at('test_helpers/test_clocks'),
    now: gone,
  },
  'test_helpers.test_clock.ready': {
    about: { status: 'ready', frozen_time: 1_580_515_200 },
    path: at('test_helpers/test_clocks'),
  },
  'subscription.payment_succeeded': { event: 'invoice.paid', ...invoice({ status: 'paid' }) },
};

const CONNECT = 'Connect accounts and moving money between them';
const CASH = 'cash balances of customers (bank transfers)';
const QUOTES = 'quotes';
const LEGACY = 'an API that newer ones replaced (sources, plans)';
const LINKS = 'payment links';
const TREASURY = 'payouts and top-ups of the account';
const TAX = 'tax rates';
const METERS = 'usage-based billing; the CLI calls another host for it';
const SCHEDULES = 'comes 7 days before the end; the trigger advances its clock to 9 days before it';

/** The triggers that are not served, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'account.application.deauthorized': CONNECT,
  'account.updated': CONNECT,
  'balance.available': 'the balance of the account is not kept',
  'cash_balance.funds_available': CASH,
  'customer.source.created': LEGACY,
  'customer.source.updated': LEGACY,
  'customer_cash_balance_transaction.created': CASH,
  'payment_intent.partially_funded': CASH,
  'payment_link.created': LINKS,
  'payment_link.updated': LINKS,
  'payout.created': TREASURY,
  'payout.updated': TREASURY,
  'plan.created': LEGACY,
  'plan.deleted': LEGACY,
  'plan.updated': LEGACY,
  'quote.accepted': QUOTES,
  'quote.canceled': QUOTES,
  'quote.created': QUOTES,
  'quote.finalized': QUOTES,
  'reporting.report_run.succeeded': 'reports',
  'subscription_schedule.expiring': SCHEDULES,
  'tax_rate.created': TAX,
  'tax_rate.updated': TAX,
  'topup.created': TREASURY,
  'transfer.created': CONNECT,
  'transfer.reversed': CONNECT,
  'transfer.updated': CONNECT,
  'v1.billing.meter.error_report_triggered': METERS,
  'v1.billing.meter.no_meter_found': METERS,
};
