import type Stripe from 'stripe';
import { Bench } from '../support/harness';

describe('plan changes and manual invoices', () => {
  let bench: Bench;
  let plus: Stripe.Price;
  beforeEach(async () => {
    bench = await Bench.start();
    plus = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 1999,
      recurring: { interval: 'month' },
      product: 'prod_premium',
    });
  });
  afterEach(() => bench.close());

  const itemOf = (subscription: Stripe.Subscription) => subscription.items.data[0] as Stripe.SubscriptionItem;
  const change = (
    subscription: Stripe.Subscription,
    price: string,
    params: Stripe.SubscriptionUpdateParams = {},
  ) =>
    bench.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription).id, price }],
      expand: ['latest_invoice'],
      ...params,
    });
  /** The moment at which exactly half of the period is left, for round figures. */
  const half = (subscription: Stripe.Subscription) => {
    const { current_period_start: start, current_period_end: end } = itemOf(subscription);
    return start + (end - start) / 2;
  };
  const invoices = async (subscription: string) =>
    (await bench.stripe.invoices.list({ subscription, limit: 100 })).data;

  it('keeps prorations for the next invoice with create_prorations', async () => {
    const subscription = await bench.subscribe();
    await bench.advanceDays(20);
    const changed = await change(subscription, plus.id, { proration_date: half(subscription) });
    expect(itemOf(changed)).toMatchObject({ price: { id: plus.id }, id: itemOf(subscription).id });
    const items = await bench.stripe.invoiceItems.list({ customer: subscription.customer as string });
    expect(items.data.map(({ amount, proration }) => [amount, proration]).sort()).toEqual(
      [
        [-500, true],
        [999, true],
      ].sort(),
    );
    expect(await invoices(subscription.id)).toHaveLength(1);
    await bench.advanceDays(13);
    expect((await invoices(subscription.id))[0]).toMatchObject({
      billing_reason: 'subscription_cycle',
      amount_paid: 1999 + 999 - 500,
    });
    await bench.inbox.waitFor('invoiceitem.created', 2);
  });

  it('invoices the difference at once with always_invoice', async () => {
    const subscription = await bench.subscribe();
    await bench.advanceDays(20);
    const changed = await change(subscription, plus.id, {
      proration_behavior: 'always_invoice',
      proration_date: half(subscription),
    });
    expect(changed).toMatchObject({
      status: 'active',
      latest_invoice: { billing_reason: 'subscription_update', status: 'paid', amount_paid: 499 },
    });
    expect(itemOf(changed).current_period_end).toBe(itemOf(subscription).current_period_end);
  });

  it('turns the credit of a downgrade into balance for the next invoice', async () => {
    const subscription = await bench.subscribe();
    await bench.advanceDays(20);
    const up = await change(subscription, plus.id, {
      proration_behavior: 'always_invoice',
      proration_date: half(subscription),
    });
    const down = await change(up, 'price_premium_monthly', {
      proration_behavior: 'always_invoice',
      proration_date: half(subscription),
    });
    expect(down.latest_invoice).toMatchObject({
      total: -500,
      amount_due: 0,
      status: 'paid',
      ending_balance: -500,
    });
    expect(await bench.stripe.customers.retrieve(subscription.customer as string)).toMatchObject({
      balance: -500,
    });
    await bench.advanceDays(13);
    expect((await invoices(subscription.id))[0]).toMatchObject({
      total: 999,
      starting_balance: -500,
      ending_balance: 0,
      amount_paid: 499,
    });
  });

  it('charges nothing for a change with none', async () => {
    const subscription = await bench.subscribe();
    const changed = await change(subscription, plus.id, { proration_behavior: 'none' });
    expect(itemOf(changed).price.id).toBe(plus.id);
    expect((await bench.stripe.invoiceItems.list()).data).toEqual([]);
    await bench.advanceDays(32);
    expect((await invoices(subscription.id))[0]).toMatchObject({ amount_paid: 1999 });
  });

  it('starts a new period and invoices it when a month becomes a year', async () => {
    const subscription = await bench.subscribe();
    await bench.advanceDays(10);
    const changed = await change(subscription, 'price_premium_yearly');
    const { current_period_start: start, current_period_end: end } = itemOf(changed);
    expect(changed.billing_cycle_anchor).toBe(start);
    expect(end - start).toBeGreaterThanOrEqual(365 * 86_400);
    const invoice = changed.latest_invoice as Stripe.Invoice;
    const [credit, year] = invoice.lines.data;
    expect(year?.amount).toBe(9599);
    expect(credit?.amount).toBeLessThan(-600);
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 9599 + (credit?.amount ?? 0) });
    await bench.advanceDays(30);
    expect(await invoices(subscription.id)).toHaveLength(2);
    await bench.advanceDays(340);
    expect((await invoices(subscription.id))[0]).toMatchObject({ amount_paid: 9599 });
  });

  it('credits the amount paid, not the list price, after a discount', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const customer = await bench.stripe.customers.create();
    const subscription = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: 'pm_card_visa',
      discounts: [{ coupon: coupon.id }],
    });
    await bench.advanceDays(20);
    const changed = await change(subscription, plus.id, {
      proration_behavior: 'always_invoice',
      proration_date: half(subscription),
    });
    // Half of the 4.99 that were paid comes back; half of 19.99 is charged; both are rounded down.
    expect((changed.latest_invoice as Stripe.Invoice).amount_paid).toBe(999 - 250);
  });

  it('credits unused time when canceled with prorate and invoice_now', async () => {
    const subscription = await bench.subscribe();
    const { current_period_start: start, current_period_end: end } = itemOf(subscription);
    await bench.control('clock', { to: new Date(half(subscription) * 1000).toISOString() });
    await bench.stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true });
    const [last] = await invoices(subscription.id);
    const now = last?.created ?? 0;
    // Stripe rounds each line down, and a credit is negative.
    const expected = Math.ceil((999 * (end - now)) / (end - start));
    expect(last).toMatchObject({ total: -expected, status: 'paid', amount_due: 0 });
    const customer = await bench.stripe.customers.retrieve(subscription.customer as string);
    expect(customer).toMatchObject({ balance: -expected });
  });

  it('changes nothing when error_if_incomplete is declined', async () => {
    const subscription = await bench.subscribe();
    const failing = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: subscription.customer as string,
    });
    await bench.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    const refused = change(subscription, 'price_premium_yearly', { payment_behavior: 'error_if_incomplete' });
    await expect(refused).rejects.toMatchObject({ type: 'StripeCardError' });
    const now = await bench.stripe.subscriptions.retrieve(subscription.id);
    expect(itemOf(now).price.id).toBe('price_premium_monthly');
    const behind = await change(subscription, 'price_premium_yearly');
    expect(behind).toMatchObject({ status: 'past_due', latest_invoice: { status: 'open' } });
  });

  it.each(['price_premium_yearly', 'plus'])(
    'previews exactly what a change to %s then costs',
    async (price) => {
      const subscription = await bench.subscribe();
      await bench.advanceDays(12);
      const wanted = price === 'plus' ? plus.id : price;
      const proration_date = half(subscription) - 3 * 86_400;
      const details = { proration_behavior: 'always_invoice', proration_date } as const;
      const preview = await bench.stripe.invoices.createPreview({
        subscription: subscription.id,
        subscription_details: { ...details, items: [{ id: itemOf(subscription).id, price: wanted }] },
      });
      expect(await invoices(subscription.id)).toHaveLength(1);
      const changed = await change(subscription, wanted, details);
      expect((changed.latest_invoice as Stripe.Invoice).total).toBe(preview.total);
    },
  );

  it('previews the next renewal and a new subscription', async () => {
    const subscription = await bench.subscribe();
    const upcoming = await bench.stripe.invoices.createPreview({ subscription: subscription.id });
    expect(upcoming).toMatchObject({ amount_due: 999, billing_reason: 'upcoming', status: 'draft' });
    expect(upcoming.lines.data[0]?.period.start).toBe(itemOf(subscription).current_period_end);
    const coupon = await bench.stripe.coupons.create({ percent_off: 10 });
    const start = await bench.stripe.invoices.createPreview({
      customer: subscription.customer as string,
      subscription_details: { items: [{ price: 'price_premium_yearly' }] },
      discounts: [{ coupon: coupon.id }],
    });
    expect(start).toMatchObject({ subtotal: 9599, total: 8639 });
    expect((await bench.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
  });

  it('creates, sends and collects a manual invoice', async () => {
    const customer = await bench.stripe.customers.create({ payment_method: 'pm_card_visa' });
    await bench.stripe.invoiceItems.create({ customer: customer.id, amount: 2000, currency: 'usd' });
    const draft = await bench.stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: 'include',
    });
    expect(draft).toMatchObject({ status: 'draft', total: 2000, billing_reason: 'manual' });
    const extra = { customer: customer.id, invoice: draft.id, amount: 500, currency: 'usd' };
    const added = await bench.stripe.invoiceItems.create(extra);
    await bench.stripe.invoiceItems.create({ ...extra, amount: -100 });
    await bench.stripe.invoiceItems.del(added.id);
    const methods = await bench.stripe.paymentMethods.list({ customer: customer.id });
    await bench.stripe.invoices.finalizeInvoice(draft.id);
    expect(
      await bench.stripe.invoices.pay(draft.id, { payment_method: methods.data[0]?.id ?? '' }),
    ).toMatchObject({ status: 'paid', amount_paid: 1900 });
  });

  it('deletes drafts and releases their items', async () => {
    const customer = await bench.stripe.customers.create();
    await bench.stripe.invoiceItems.create({ customer: customer.id, amount: 2000, currency: 'usd' });
    const include = { customer: customer.id, pending_invoice_items_behavior: 'include' } as const;
    const draft = await bench.stripe.invoices.create(include);
    await bench.stripe.invoices.del(draft.id);
    expect((await bench.stripe.invoices.create(include)).total).toBe(2000);
    await expect(bench.stripe.invoices.retrieve(draft.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('finalizes automatically after an hour with auto_advance', async () => {
    const customer = await bench.stripe.customers.create();
    await bench.stripe.invoiceItems.create({ customer: customer.id, amount: 2000, currency: 'usd' });
    const { id } = await bench.stripe.invoices.create({
      customer: customer.id,
      auto_advance: true,
      pending_invoice_items_behavior: 'include',
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    await bench.control('clock', { advance_seconds: 3700 });
    expect(await bench.stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', amount_due: 2000 });
    expect((await bench.stripe.invoices.markUncollectible(id)).status).toBe('uncollectible');
  });

  describe('credit notes', () => {
    it('reduce an open invoice, and pay it when nothing remains', async () => {
      const customer = await bench.stripe.customers.create();
      await bench.stripe.invoiceItems.create({ customer: customer.id, amount: 2000, currency: 'usd' });
      const { id } = await bench.stripe.invoices.create({
        customer: customer.id,
        pending_invoice_items_behavior: 'include',
      });
      await bench.stripe.invoices.finalizeInvoice(id);
      const note = await bench.stripe.creditNotes.create({ invoice: id, amount: 500 });
      expect(note).toMatchObject({ amount: 500, type: 'pre_payment', status: 'issued' });
      expect(await bench.stripe.invoices.retrieve(id)).toMatchObject({
        amount_remaining: 1500,
        pre_payment_credit_notes_amount: 500,
      });
      expect((await bench.stripe.creditNotes.voidCreditNote(note.id)).status).toBe('void');
      expect(await bench.stripe.invoices.retrieve(id)).toMatchObject({ amount_remaining: 2000 });
      await bench.stripe.creditNotes.create({ invoice: id, amount: 2000 });
      expect((await bench.stripe.invoices.retrieve(id)).status).toBe('paid');
      const beyond = bench.stripe.creditNotes.create({ invoice: id, amount: 1 });
      await expect(beyond).rejects.toMatchObject({ statusCode: 400 });
    });

    it('refund a paid invoice, or add the amount to the balance', async () => {
      const { latest_invoice, customer } = await bench.subscribe();
      const invoice = latest_invoice as string;
      const refunded = await bench.stripe.creditNotes.create({ invoice, amount: 400, refund_amount: 400 });
      expect(refunded).toMatchObject({ type: 'post_payment', refunds: [{ amount_refunded: 400 }] });
      await bench.stripe.creditNotes.create({ invoice, amount: 599, credit_amount: 599 });
      expect(await bench.stripe.customers.retrieve(customer as string)).toMatchObject({ balance: -599 });
      expect(await bench.stripe.invoices.retrieve(invoice)).toMatchObject({
        status: 'paid',
        post_payment_credit_notes_amount: 999,
      });
    });
  });
});
