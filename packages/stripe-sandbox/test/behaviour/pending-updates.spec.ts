import type Stripe from 'stripe';
import { Bench } from '../support/harness';

describe('an update with pending_if_incomplete', () => {
  let bench: Bench;
  let plus: Stripe.Price;
  let subscription: Stripe.Subscription;
  beforeEach(async () => {
    bench = await Bench.start();
    plus = await bench.stripe.prices.create({
      product: 'prod_premium',
      currency: 'usd',
      unit_amount: 5999,
      recurring: { interval: 'month' },
    });
    subscription = await bench.subscribe();
  });
  afterEach(() => bench.close());

  const itemOf = ({ items }: Stripe.Subscription) => items.data[0] as Stripe.SubscriptionItem;
  const current = () => bench.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
  const useCard = async (card: string) => {
    const { id } = await bench.stripe.paymentMethods.attach(card, {
      customer: subscription.customer as string,
    });
    await bench.stripe.subscriptions.update(subscription.id, { default_payment_method: id });
  };
  const upgrade = (price = plus.id, params: Stripe.SubscriptionUpdateParams = {}) =>
    bench.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription).id, price }],
      payment_behavior: 'pending_if_incomplete',
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
      ...params,
    });
  const latestOf = ({ latest_invoice }: Stripe.Subscription) => latest_invoice as Stripe.Invoice;

  it('is applied at once when the card pays', async () => {
    const updated = await upgrade();
    expect(updated.pending_update).toBeNull();
    expect(itemOf(updated).price.id).toBe(plus.id);
    expect(latestOf(updated).status).toBe('paid');
    expect(bench.inbox.types).not.toContain('customer.subscription.pending_update_applied');
  });

  it.each(['pm_card_chargeCustomerFail', 'pm_card_authenticationRequired'])(
    'waits with %s, owes nothing, and is applied when its invoice is paid',
    async (card) => {
      await useCard(card);
      const updated = await upgrade();
      const now = Math.floor(Date.now() / 1000);
      expect(updated).toMatchObject({
        status: 'active',
        pending_update: { subscription_items: [{ price: { id: plus.id } }], billing_cycle_anchor: null },
      });
      expect(updated.pending_update?.expires_at).toBeGreaterThan(now + 22 * 3600);
      expect(itemOf(updated).price.id).toBe('price_premium_monthly');
      expect(latestOf(updated).status).toBe('open');
      await bench.stripe.invoices.pay(latestOf(updated).id, { payment_method: 'pm_card_visa' });
      const { event } = await bench.inbox.waitFor('customer.subscription.pending_update_applied');
      expect(event.data.object).toMatchObject({ id: subscription.id, pending_update: null });
      const applied = await current();
      expect(itemOf(applied).price.id).toBe(plus.id);
      await bench.advanceDays(31.1);
      expect(latestOf(await current())).toMatchObject({ amount_due: 5999 });
    },
  );

  it('is applied with its new period when a month becomes a year', async () => {
    await useCard('pm_card_chargeCustomerFail');
    const updated = await upgrade('price_premium_yearly');
    const { billing_cycle_anchor } = updated.pending_update ?? {};
    expect(billing_cycle_anchor).not.toBeNull();
    await bench.stripe.invoices.pay(latestOf(updated).id, { payment_method: 'pm_card_visa' });
    const applied = await current();
    expect(applied.billing_cycle_anchor).toBe(billing_cycle_anchor);
    expect(itemOf(applied).current_period_end).toBeGreaterThan((billing_cycle_anchor ?? 0) + 364 * 86_400);
  });

  it('expires after 23 hours, voids its invoice and changes nothing', async () => {
    await useCard('pm_card_chargeCustomerFail');
    const { latest_invoice } = await upgrade();
    await bench.advanceDays(1);
    await bench.inbox.waitFor('customer.subscription.pending_update_expired');
    const after = await current();
    expect(after).toMatchObject({ status: 'active', pending_update: null });
    expect(itemOf(after).price.id).toBe('price_premium_monthly');
    const invoice = await bench.stripe.invoices.retrieve((latest_invoice as Stripe.Invoice).id);
    expect(invoice).toMatchObject({ status: 'void', attempt_count: 1 });
    await useCard('pm_card_visa');
    await bench.advanceDays(31);
    expect(latestOf(await current())).toMatchObject({ status: 'paid', amount_paid: 999 });
  });

  it('is discarded when its invoice is voided or another update is made', async () => {
    await useCard('pm_card_chargeCustomerFail');
    const first = await upgrade();
    await bench.stripe.invoices.voidInvoice(latestOf(first).id);
    await bench.inbox.waitFor('customer.subscription.pending_update_expired');
    const second = await upgrade();
    expect(second.pending_update).not.toBeNull();
    const third = await upgrade('price_premium_yearly');
    await bench.inbox.waitFor('customer.subscription.pending_update_expired', 2);
    expect((await bench.stripe.invoices.retrieve(latestOf(second).id)).status).toBe('void');
    expect(third.pending_update?.subscription_items?.[0]?.price.id).toBe('price_premium_yearly');
  });

  it('ends with the subscription', async () => {
    await useCard('pm_card_chargeCustomerFail');
    const updated = await upgrade();
    await bench.stripe.subscriptions.cancel(subscription.id);
    expect((await bench.stripe.invoices.retrieve(latestOf(updated).id)).status).toBe('void');
    expect(await current()).toMatchObject({ status: 'canceled', pending_update: null });
  });

  it('refuses parameters that cannot be pending', async () => {
    await expect(upgrade(plus.id, { description: 'no' })).rejects.toMatchObject({ param: 'description' });
  });

  it('survives a snapshot', async () => {
    await useCard('pm_card_chargeCustomerFail');
    const updated = await upgrade();
    const { sandbox } = bench.sandbox;
    sandbox.restore(structuredClone(sandbox.snapshot()));
    await bench.stripe.invoices.pay(latestOf(updated).id, { payment_method: 'pm_card_visa' });
    expect(itemOf(await current()).price.id).toBe(plus.id);
  });
});

describe('the hosted page of an invoice', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const CARD = { cardExpiry: '12 / 34', cardCvc: '123', billingName: 'Ada Student' };
  const owed = async () => {
    const customer = await bench.stripe.customers.create({ email: 'ada@example.com' });
    const subscription = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice'],
    });
    return { subscription, url: (subscription.latest_invoice as Stripe.Invoice).hosted_invoice_url ?? '' };
  };
  const statusOf = async ({ id }: Stripe.Subscription) =>
    (await bench.stripe.subscriptions.retrieve(id)).status;

  it('takes the payment', async () => {
    const { subscription, url } = await owed();
    expect(await (await fetch(url)).text()).toContain('Pay $9.99');
    const answer = await bench.submit(url, { ...CARD, cardNumber: '4242424242424242' });
    expect(answer.status).toBe(303);
    expect(await statusOf(subscription)).toBe('active');
    expect(await (await fetch(url)).text()).not.toContain('Pay $9.99');
    expect((await bench.submit(url, { ...CARD, cardNumber: '4242424242424242' })).status).toBe(303);
  });

  it.each([
    ['4000000000000002', 'Your card was declined.'],
    ['4000000000000341', 'Your card was declined.'],
    ['4242', 'Your card number is incomplete.'],
  ])('says what is wrong with %s and can be tried again', async (cardNumber, words) => {
    const { subscription, url } = await owed();
    const answer = await bench.submit(url, { ...CARD, cardNumber });
    expect(answer.status).toBe(402);
    expect(await answer.text()).toContain(words);
    expect(await statusOf(subscription)).toBe('incomplete');
    await bench.submit(url, { ...CARD, cardNumber: '4242424242424242' });
    expect(await statusOf(subscription)).toBe('active');
  });

  it.each([
    ['complete', 'active'],
    ['fail', 'incomplete'],
  ])('leads to the bank for a card that needs it: %s', async (result, status) => {
    const { subscription, url } = await owed();
    const answer = await bench.submit(url, { ...CARD, cardNumber: '4000002760003184' });
    const bank = new URL(answer.headers.get('location') ?? '', bench.sandbox.url).toString();
    expect(bank).toContain('/authenticate/pi_');
    const back = await bench.submit(bank, { result });
    expect(back.headers.get('location')).toContain(url);
    expect(await statusOf(subscription)).toBe(status);
  });
});
