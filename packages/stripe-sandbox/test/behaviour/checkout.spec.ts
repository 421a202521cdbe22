import type Stripe from 'stripe';
import { Bench, GOOD_CARD, WEBHOOK_SECRET } from '../support/harness';

describe('Checkout with the real SDK', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  it('pays a subscription on the hosted page and redirects with the session id', async () => {
    const customer = await bench.stripe.customers.create({ email: 'ada@example.com' });
    const session = await bench.openCheckout({
      customer: customer.id,
      subscription_data: { metadata: { user: '7' } },
    });
    const response = await bench.submit(session.url ?? '', GOOD_CARD);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`http://127.0.0.1:9/done?session=${session.id}`);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription.latest_invoice', 'line_items'],
    });
    const subscription = paid.subscription as Stripe.Subscription;
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    expect(paid).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer: customer.id,
    });
    expect(paid.line_items?.data[0]?.price?.id).toBe('price_premium_monthly');
    expect(subscription).toMatchObject({ status: 'active', metadata: { user: '7' } });
    expect(invoice).toMatchObject({
      status: 'paid',
      amount_paid: 999,
      billing_reason: 'subscription_create',
    });
    expect(invoice.parent?.subscription_details).toMatchObject({
      subscription: subscription.id,
      metadata: { user: '7' },
    });
  });

  it('waits for the answer to checkout.session.completed before it redirects', async () => {
    const session = await bench.openCheckout();
    await bench.submit(session.url ?? '', GOOD_CARD);
    expect(bench.inbox.types).toContain('checkout.session.completed');
  });

  it('emits all documented events of a first purchase', async () => {
    const session = await bench.openCheckout();
    await bench.submit(session.url ?? '', GOOD_CARD);
    await bench.inbox.waitFor('invoice_payment.paid');
    const seen = bench.inbox.types.filter((type) => !/^(product|price)\./.test(type)).sort();
    expect(seen).toEqual(
      [
        'charge.succeeded',
        'payment_method.attached',
        'customer.created',
        'customer.updated',
        'checkout.session.completed',
        'customer.subscription.created',
        'payment_intent.created',
        'payment_intent.succeeded',
        'invoice.created',
        'invoice.finalized',
        'invoice.paid',
        'invoice.payment_succeeded',
        'invoice_payment.paid',
      ].sort(),
    );
    const created = await bench.inbox.waitFor('customer.subscription.created');
    expect((created.event.data.object as Stripe.Subscription).status).toBe('active');
  });

  it('shows a decline, keeps the session open and succeeds with the next card', async () => {
    const session = await bench.openCheckout();
    const declined = await bench.submit(session.url ?? '', { ...GOOD_CARD, cardNumber: '4000000000000002' });
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain('Your card was declined.');
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    await bench.inbox.waitFor('payment_intent.payment_failed');
    expect(bench.inbox.types).not.toContain('customer.subscription.created');
    expect((await bench.submit(session.url ?? '', GOOD_CARD)).status).toBe(303);
    const { data: intents } = await bench.stripe.paymentIntents.list();
    expect(intents).toHaveLength(1);
  });

  it.each([
    ['4000000000009995', 'insufficient funds'],
    ['4000000000000069', 'expired'],
    ['4000000000000127', 'security code is incorrect'],
    ['4242424242424241', 'card number is incorrect'],
  ])('explains why card %s is refused', async (cardNumber, reason) => {
    const session = await bench.openCheckout();
    const response = await bench.submit(session.url ?? '', { ...GOOD_CARD, cardNumber });
    expect((await response.text()).replaceAll('&#39;', "'")).toContain(reason);
  });

  it('shows an error for each empty field', async () => {
    const session = await bench.openCheckout();
    const text = await (await bench.submit(session.url ?? '', {})).text();
    for (const mistake of [
      'valid email',
      'card number is incomplete',
      'expiration date',
      'security code',
      'name on the card',
    ]) {
      expect(text).toContain(mistake);
    }
  });

  it.each([
    ['complete', 'active', 303],
    ['fail', undefined, 402],
  ])('asks for authentication and ends it with %s', async (result, status, code) => {
    const session = await bench.openCheckout();
    const asked = await bench.submit(session.url ?? '', { ...GOOD_CARD, cardNumber: '4000002760003184' });
    expect(asked.headers.get('location')).toBe(`/c/pay/${session.id}/authenticate`);
    const done = await bench.submit(`${session.url ?? ''}/authenticate`, { result });
    expect(done.status).toBe(code);
    const { data } = await bench.stripe.subscriptions.list({ status: 'all' });
    expect(data[0]?.status).toBe(status);
  });

  it('explains completed, expired and unknown sessions', async () => {
    const completed = await bench.openCheckout();
    await bench.submit(completed.url ?? '', GOOD_CARD);
    expect(await (await fetch(completed.url ?? '')).text()).toContain('all done here');
    const expired = await bench.openCheckout();
    await bench.stripe.checkout.sessions.expire(expired.id);
    expect(await (await fetch(expired.url ?? '')).text()).toContain('has expired');
    expect((await fetch(`${bench.sandbox.url}/c/pay/cs_test_none`)).status).toBe(404);
    await bench.inbox.waitFor('checkout.session.expired');
  });

  it('links invoices and receipts to pages that exist', async () => {
    await bench.subscribe();
    const [invoice] = (await bench.stripe.invoices.list()).data;
    const [charge] = (await bench.stripe.charges.list()).data;
    expect(await (await fetch(invoice?.hosted_invoice_url ?? '')).text()).toContain(
      `Invoice ${invoice?.number ?? '?'}`,
    );
    expect(await (await fetch(charge?.receipt_url ?? '')).text()).toContain('$9.99 paid.');
  });

  it('escapes names', async () => {
    const product = await bench.stripe.products.create({ name: '<script>alert(1)</script>' });
    const price = await bench.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 500,
    });
    const session = await bench.openCheckout({
      mode: 'payment',
      line_items: [{ price: price.id, quantity: 1 }],
    });
    expect(await (await fetch(session.url ?? '')).text()).not.toContain('<script>alert(1)');
  });

  it.each([
    ['succeeded', 'checkout.session.async_payment_succeeded', 'paid', 'active'],
    ['failed', 'checkout.session.async_payment_failed', 'open', 'past_due'],
  ] as const)(
    'completes a SEPA session unpaid and settles it as %s',
    async (outcome, type, invoiceStatus, status) => {
      const session = await bench.openCheckout();
      const method = await bench.stripe.paymentMethods.create({
        type: 'sepa_debit',
        sepa_debit: { iban: 'AT611904300234573201' },
        billing_details: { name: 'Ada', email: 'ada@example.com' },
      });
      await bench.stripe.rawRequest('POST', `/v1/payment_pages/${session.id}/confirm`, {
        payment_method: method.id,
      });
      const completed = await bench.stripe.checkout.sessions.retrieve(session.id);
      expect(completed).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
      const id = completed.subscription as string;
      const before = await bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
      expect(before).toMatchObject({ status: 'active', latest_invoice: { status: 'open' } });
      await bench.control(`checkout_sessions/${session.id}/settle`, { outcome });
      await bench.inbox.waitFor(type);
      const after = await bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
      expect(after).toMatchObject({ status, latest_invoice: { status: invoiceStatus } });
    },
  );

  it('sends pretty-printed bodies with valid signatures and Stripe headers', async () => {
    await bench.stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'op_1' });
    const { body, headers, event } = await bench.inbox.waitFor('customer.created');
    expect(
      bench.stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', WEBHOOK_SECRET).id,
    ).toBe(event.id);
    expect(body).toBe(JSON.stringify(event, null, 2));
    expect(headers).toMatchObject({
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'content-type': 'application/json; charset=utf-8',
      accept: '*/*; q=0.5, application/xml',
      'cache-control': 'no-cache',
    });
    expect(event).toMatchObject({ api_version: '2026-10-28.endive', livemode: false, pending_webhooks: 1 });
    expect(event.request).toMatchObject({ id: expect.stringMatching(/^req_/), idempotency_key: 'op_1' });
  });

  it('starts a trial without a card only when the session allows it', async () => {
    const subscription_data = {
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
    } as const;
    const free = await bench.openCheckout({ subscription_data, payment_method_collection: 'if_required' });
    expect(await (await fetch(free.url ?? '')).text()).not.toContain('Card number');
    expect((await bench.submit(free.url ?? '', { email: 'ada@example.com' })).status).toBe(303);
    const done = await bench.stripe.checkout.sessions.retrieve(free.id, { expand: ['subscription'] });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      subscription: { status: 'trialing', default_payment_method: null },
    });
    await bench.advanceDays(8);
    const { id } = done.subscription as { id: string };
    expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe('canceled');
    const asking = await bench.openCheckout({ subscription_data });
    expect((await bench.submit(asking.url ?? '', { email: 'ada@example.com' })).status).toBe(402);
  });
});
