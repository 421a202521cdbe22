import { Bench, GOOD_CARD } from './support/harness';
import { Shapes } from './support/shapes';

const TYPES = {
  product: 'Stripe.Product',
  price: 'Stripe.Price',
  customer: 'Stripe.Customer',
  payment_method: 'Stripe.PaymentMethod',
  payment_intent: 'Stripe.PaymentIntent',
  charge: 'Stripe.Charge',
  invoice: 'Stripe.Invoice',
  invoice_payment: 'Stripe.InvoicePayment',
  refund: 'Stripe.Refund',
  subscription: 'Stripe.Subscription',
  'checkout.session': 'Stripe.Checkout.Session',
  webhook_endpoint: 'Stripe.WebhookEndpoint',
  invoiceitem: 'Stripe.InvoiceItem',
  credit_note: 'Stripe.CreditNote',
  dispute: 'Stripe.Dispute',
  setup_intent: 'Stripe.SetupIntent',
  'billing_portal.configuration': 'Stripe.BillingPortal.Configuration',
  'billing_portal.session': 'Stripe.BillingPortal.Session',
  'test_helpers.test_clock': 'Stripe.TestHelpers.TestClock',
  subscription_schedule: 'Stripe.SubscriptionSchedule',
  coupon: 'Stripe.Coupon',
  promotion_code: 'Stripe.PromotionCode',
  subscription_item: 'Stripe.SubscriptionItem',
  'radar.early_fraud_warning': 'Stripe.Radar.EarlyFraudWarning',
  discount: 'Stripe.Discount | Stripe.DeletedDiscount',
};

const PATHS = [
  'products',
  'prices',
  'customers',
  'payment_intents',
  'charges',
  'refunds',
  'invoices?expand[]=data.payments&expand[]=data.confirmation_secret',
  'invoice_payments',
  'subscriptions?status=all',
  'checkout/sessions?expand[]=data.line_items',
  'webhook_endpoints',
  'coupons?expand[]=data.applies_to',
  'promotion_codes',
  'subscription_schedules',
  'test_helpers/test_clocks',
  'billing_portal/configurations',
  'disputes',
  'setup_intents',
  'invoiceitems',
  'credit_notes',
  'radar/early_fraud_warnings',
];

/** Recordings of real answers have these, although the SDK's types do not. */
const UNTYPED = new Set(
  [
    'subscription.plan',
    'subscription.quantity',
    'subscription.items.total_count',
    'invoice.lines.total_count',
  ].map((path) => `${path} is unknown`),
);

async function useDiscounts(bench: Bench): Promise<void> {
  const coupon = await bench.stripe.coupons.create({
    percent_off: 20,
    duration: 'repeating',
    duration_in_months: 1,
  });
  const code = await bench.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
  });
  const discounted = await bench.openCheckout({ discounts: [{ promotion_code: code.id }] });
  await bench.submit(discounted.url ?? '', GOOD_CARD);
}

async function useTheRest(bench: Bench): Promise<void> {
  for (const payment_method of [
    'pm_card_createDispute',
    'pm_card_createDisputeInquiry',
    'pm_card_createIssuerFraudRecord',
  ]) {
    await bench.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      confirm: true,
      payment_method,
    });
  }
  for (const payment_method of ['pm_card_visa', 'pm_card_authenticationRequired']) {
    await bench.stripe.setupIntents.create({ payment_method, confirm: true });
  }
  await bench.stripe.billingPortal.sessions.create({
    customer: (await bench.stripe.customers.list()).data[0]?.id ?? '',
    flow_data: { type: 'payment_method_update' },
  });
  await bench.stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  await bench.stripe.subscriptionSchedules.create({ from_subscription: (await bench.subscribe()).id });
  const changed = await bench.subscribe();
  await bench.stripe.subscriptions.update(changed.id, {
    items: [{ id: changed.items.data[0]?.id ?? '', price: 'price_premium_yearly' }],
  });
  const invoices = await bench.stripe.invoices.list({ status: 'paid' });
  await bench.stripe.creditNotes.create({
    invoice: invoices.data.find((invoice) => invoice.amount_paid > 99)?.id ?? '',
    amount: 99,
    refund_amount: 99,
  });
}

describe('the objects of the API', () => {
  let bench: Bench;
  let shapes: Shapes;
  beforeAll(async () => {
    shapes = new Shapes(TYPES);
    bench = await Bench.start();
    for (const cardNumber of ['4000000000000002', '4000002760003184', GOOD_CARD.cardNumber]) {
      const session = await bench.openCheckout();
      await bench.submit(session.url ?? '', { ...GOOD_CARD, cardNumber });
    }
    const { id } = await bench.subscribe('pm_card_chargeCustomerFail');
    await bench.stripe.subscriptions.cancel(id);
    const method = await bench.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban: 'IT60X0542811101000000123456' },
    });
    const session = await bench.openCheckout();
    await bench.stripe.rawRequest('POST', `/v1/payment_pages/${session.id}/confirm`, {
      payment_method: method.id,
    });
    await bench.stripe.subscriptions.create({
      customer: (await bench.stripe.customers.create()).id,
      items: [{ price: 'price_premium_yearly', quantity: 2 }],
      trial_period_days: 10,
    });
    const paid = await bench.stripe.paymentIntents.list();
    await bench.stripe.refunds.create({
      payment_intent: paid.data.find(({ status }) => status === 'succeeded')?.id ?? '',
    });
    await useDiscounts(bench);
    await bench.advanceDays(40);
    await useTheRest(bench);
  });
  afterAll(() => bench.close());

  const list = async (path: string): Promise<Array<{ object: string }>> => {
    const headers = { authorization: 'Bearer sk_test_shapes' };
    const response = await fetch(`${bench.sandbox.url}/v1/${path}`, { headers });
    return ((await response.json()) as { data: Array<{ object: string }> }).data;
  };

  const mismatches = (objects: ReadonlyArray<{ object: string }>): string[] => [
    ...new Set(objects.flatMap((object) => shapes.mismatches(object)).filter((line) => !UNTYPED.has(line))),
  ];

  it.each(PATHS)('have exactly the fields of the SDK types: %s', async (path) => {
    const objects = await list(path);
    expect(objects.length).toBeGreaterThan(0);
    expect(mismatches(objects)).toEqual([]);
  });

  it('have the same fields in events', () => {
    const objects = bench.inbox.received
      // An upcoming invoice has no id yet, although the type has one.
      .filter(({ event }) => event.type !== 'invoice.upcoming')
      .map(({ event }) => event.data.object as unknown as { object: string });
    expect(mismatches(objects.filter(({ object }) => object in TYPES))).toEqual([]);
  });

  it('fail the comparison when a field is missing, misspelled or of another kind', async () => {
    const [product] = await list('products');
    const nameless = { ...product, name: undefined } as unknown as { object: string };
    delete (nameless as { name?: string }).name;
    expect(shapes.mismatches(nameless)).toEqual(['product.name is missing']);
    expect(shapes.mismatches({ ...nameless, nmae: 'x' } as { object: string })).toContain(
      'product.nmae is unknown',
    );
    expect(shapes.mismatches({ ...product, created: 'today' } as never)).toEqual([
      'product.created is a string',
    ]);
  });
});
