import type Stripe from 'stripe';
import { Bench, GOOD_CARD } from '../support/harness';

const DAY = 86_400;
const MONTHLY = 'price_premium_monthly';

describe('what Stripe refuses', () => {
  let bench: Bench;
  let product: Stripe.Product;
  beforeEach(async () => {
    bench = await Bench.start();
    product = await bench.stripe.products.create({ name: 'Extra' });
  });
  afterEach(() => bench.close());

  const customerWithCard = () =>
    bench.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
  const priceOf = (params: Partial<Stripe.PriceCreateParams> = {}) =>
    bench.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 500,
      recurring: { interval: 'month' },
      ...params,
    });

  describe('of subscriptions', () => {
    const subscribe = async (items: Stripe.SubscriptionCreateParams.Item[], customer?: string) =>
      bench.stripe.subscriptions.create({ customer: customer ?? (await customerWithCard()).id, items });

    it('the same price twice', async () => {
      await expect(subscribe([{ price: MONTHLY }, { price: MONTHLY }])).rejects.toMatchObject({
        message: `Cannot add multiple subscription items with the same plan: ${MONTHLY}`,
      });
      const { id } = await bench.subscribe();
      await expect(
        bench.stripe.subscriptions.update(id, { items: [{ price: MONTHLY }] }),
      ).rejects.toMatchObject({ statusCode: 400 });
    });

    it('prices in two currencies', async () => {
      const euro = await priceOf({ currency: 'eur' });
      await expect(subscribe([{ price: MONTHLY }, { price: euro.id }])).rejects.toMatchObject({
        param: 'items[1][price]',
      });
      const { id, items } = await bench.subscribe();
      const item = items.data[0]?.id ?? '';
      await expect(
        bench.stripe.subscriptions.update(id, { items: [{ id: item, price: euro.id }] }),
      ).rejects.toThrow("doesn't match the expected currency: `usd`");
    });

    it('a second currency for one customer, on every route', async () => {
      const euro = await priceOf({ currency: 'eur' });
      const customer = await customerWithCard();
      await subscribe([{ price: MONTHLY }], customer.id);
      const attempts = [
        subscribe([{ price: euro.id }], customer.id),
        bench.stripe.invoiceItems.create({ customer: customer.id, amount: 100, currency: 'eur' }),
        bench.stripe.invoices.create({ customer: customer.id, currency: 'eur' }),
        bench.openCheckout({ customer: customer.id, line_items: [{ price: euro.id, quantity: 1 }] }),
      ];
      for (const attempt of attempts) {
        await expect(attempt).rejects.toThrow('You cannot combine currencies on a single customer.');
      }
    });

    it('inactive prices and prices of archived products', async () => {
      const inactive = await priceOf({ active: false });
      const archived = await priceOf();
      const { id, items } = await bench.subscribe();
      await bench.stripe.products.update(product.id, { active: false });
      const item = items.data[0]?.id ?? '';
      for (const [price, message] of [
        [inactive.id, 'The price specified is inactive'],
        [archived.id, 'because its product is not active'],
      ] as const) {
        await expect(subscribe([{ price }])).rejects.toThrow(message);
        await expect(bench.stripe.subscriptions.update(id, { items: [{ id: item, price }] })).rejects.toThrow(
          message,
        );
        await expect(bench.openCheckout({ line_items: [{ price, quantity: 1 }] })).rejects.toThrow(message);
      }
    });

    it('direct changes of what a schedule manages', async () => {
      const { id, items } = await bench.subscribe();
      const schedule = await bench.stripe.subscriptionSchedules.create({ from_subscription: id });
      const changes: Stripe.SubscriptionUpdateParams[] = [
        { cancel_at_period_end: true },
        { cancel_at: Math.floor(Date.now() / 1000) + DAY },
        { items: [{ id: items.data[0]?.id ?? '', quantity: 2 }] },
      ];
      for (const change of changes) {
        await expect(bench.stripe.subscriptions.update(id, change)).rejects.toThrow(
          `managed by the subscription schedule \`${schedule.id}\``,
        );
      }
      await bench.stripe.subscriptions.update(id, { metadata: { still: 'possible' } });
      await bench.stripe.subscriptionSchedules.release(schedule.id);
      expect(await bench.stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
        cancel_at_period_end: true,
      });
    });
  });

  it.each(['not an email', 'a@b', 'a b@example.com', '@example.com'])(
    '%p as an email address',
    async (email) => {
      await expect(bench.stripe.customers.create({ email })).rejects.toMatchObject({
        code: 'email_invalid',
        param: 'email',
      });
      const { id } = await bench.stripe.customers.create({ email: 'ada@example.com' });
      await expect(bench.stripe.customers.update(id, { email })).rejects.toMatchObject({
        code: 'email_invalid',
      });
      await expect(bench.openCheckout({ customer_email: email })).rejects.toMatchObject({
        code: 'email_invalid',
        param: 'customer_email',
      });
    },
  );

  describe('of Checkout', () => {
    it('payment mode with a recurring price', async () => {
      await expect(bench.openCheckout({ mode: 'payment' })).rejects.toMatchObject({ param: 'mode' });
    });

    it('a customer together with an email address, and an update without a customer', async () => {
      const { id } = await customerWithCard();
      await expect(bench.openCheckout({ customer: id, customer_email: 'ada@example.com' })).rejects.toThrow(
        'You may only specify one of these parameters: customer, customer_email.',
      );
      await expect(bench.openCheckout({ customer_update: { name: 'auto' } })).rejects.toMatchObject({
        param: 'customer_update',
      });
    });

    it('a trial that ends within two days, or takes less than one', async () => {
      const soon = Math.floor(Date.now() / 1000) + 3600;
      await expect(bench.openCheckout({ subscription_data: { trial_end: soon } })).rejects.toMatchObject({
        param: 'subscription_data[trial_end]',
      });
      await expect(bench.openCheckout({ subscription_data: { trial_period_days: 0 } })).rejects.toMatchObject(
        {
          param: 'subscription_data[trial_period_days]',
        },
      );
    });
  });

  it('a first-order code for a customer with prior transactions', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 10 });
    const code = await bench.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      restrictions: { first_time_transaction: true },
    });
    const { customer } = await bench.subscribe();
    await expect(
      bench.stripe.subscriptions.create({
        customer: customer as string,
        items: [{ price: MONTHLY }],
        discounts: [{ promotion_code: code.id }],
      }),
    ).rejects.toThrow(
      'This promotion code cannot be redeemed because the associated customer has prior transactions.',
    );
  });
});

describe('what Stripe does by itself', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const current = (id: string) => bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  const latestOf = ({ latest_invoice }: Stripe.Subscription) => latest_invoice as Stripe.Invoice;
  const failing = async (): Promise<Stripe.Subscription> => {
    const { id, customer } = await bench.subscribe();
    const method = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer as string,
    });
    await bench.stripe.subscriptions.update(id, { default_payment_method: method.id });
    const end = (await current(id)).items.data[0]?.current_period_end ?? 0;
    await bench.advanceDays(2 / 24 + (end - Date.now() / 1000) / DAY);
    const failed = await current(id);
    expect(failed.status).toBe('past_due');
    return failed;
  };

  it.each(['voidInvoice', 'markUncollectible'] as const)(
    'makes a subscription active when its only open invoice meets %s',
    async (act) => {
      const failed = await failing();
      await bench.stripe.invoices[act](latestOf(failed).id);
      expect((await current(failed.id)).status).toBe('active');
      expect(await bench.stripe.customers.retrieve(failed.customer as string)).toMatchObject({
        delinquent: false,
      });
    },
  );

  it('keeps a subscription past due while another invoice of it is open', async () => {
    const failed = await failing();
    await bench.advanceDays(1.5);
    await bench.stripe.invoices.update(latestOf(failed).id, { auto_advance: false });
    await bench.advanceDays(31);
    const { data } = await bench.stripe.invoices.list({ subscription: failed.id, status: 'open' });
    expect(data).toHaveLength(2);
    await bench.stripe.invoices.voidInvoice(data[0]?.id ?? '');
    expect((await current(failed.id)).status).toBe('past_due');
    await bench.stripe.invoices.pay(data[1]?.id ?? '', { payment_method: 'pm_card_visa' });
    expect((await current(failed.id)).status).toBe('active');
  });

  it('keeps the retry schedule when a manual payment fails', async () => {
    const failed = await failing();
    const invoice = latestOf(failed);
    for (let attempt = 0; attempt < 9; attempt++) {
      await expect(bench.stripe.invoices.pay(invoice.id)).rejects.toMatchObject({ code: 'card_declined' });
    }
    const after = latestOf(await current(failed.id));
    expect(after).toMatchObject({ attempt_count: 1, next_payment_attempt: invoice.next_payment_attempt });
    expect((await current(failed.id)).status).toBe('past_due');
    await bench.advanceDays(1.1);
    expect(latestOf(await current(failed.id)).attempt_count).toBe(2);
  });

  it('sends an invoice after an hour as a draft, and makes the subscription past due after the due date', async () => {
    const customer = await bench.stripe.customers.create({ email: 'ada@example.com' });
    const { id } = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: MONTHLY }],
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    const draft = latestOf(await current(id));
    expect(draft).toMatchObject({ status: 'draft', auto_advance: true });
    expect(draft.automatically_finalizes_at).toBe(draft.created + 3600);
    expect((await current(id)).status).toBe('active');
    await bench.advanceDays(0.1);
    await bench.inbox.waitFor('invoice.sent');
    expect(latestOf(await current(id)).status).toBe('open');
    await bench.advanceDays(7);
    await bench.inbox.waitFor('invoice.overdue');
    expect((await current(id)).status).toBe('past_due');
    await bench.stripe.invoices.pay(draft.id, { paid_out_of_band: true });
    expect((await current(id)).status).toBe('active');
  });

  it('shows on the subscription when its schedule will end it', async () => {
    const { id, items } = await bench.subscribe();
    const { id: schedule, phases } = await bench.stripe.subscriptionSchedules.create({
      from_subscription: id,
    });
    const end = items.data[0]?.current_period_end ?? 0;
    await bench.stripe.subscriptionSchedules.update(schedule, { end_behavior: 'cancel' });
    expect(phases[0]?.end_date).toBe(end);
    expect(await current(id)).toMatchObject({ cancel_at: end, cancel_at_period_end: false });
    await bench.stripe.subscriptionSchedules.update(schedule, { end_behavior: 'release' });
    expect(await current(id)).toMatchObject({ cancel_at: null, canceled_at: null });
    await bench.stripe.subscriptionSchedules.update(schedule, { end_behavior: 'cancel' });
    await bench.stripe.subscriptionSchedules.release(schedule, { preserve_cancel_date: true });
    expect((await current(id)).cancel_at).toBe(end);
    await bench.advanceDays(32);
    expect((await current(id)).status).toBe('canceled');
  });

  it('ends a schedule with its subscription', async () => {
    const { id } = await bench.subscribe();
    const schedule = await bench.stripe.subscriptionSchedules.create({ from_subscription: id });
    await bench.stripe.subscriptions.cancel(id);
    expect((await bench.stripe.subscriptionSchedules.retrieve(schedule.id)).status).toBe('canceled');
  });

  it('moves a charge below the minimum to the balance of the customer', async () => {
    const { customer } = await bench.subscribe();
    await bench.stripe.invoiceItems.create({ customer: customer as string, amount: 30, currency: 'usd' });
    const draft = await bench.stripe.invoices.create({
      customer: customer as string,
      pending_invoice_items_behavior: 'include',
    });
    expect(await bench.stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({
      status: 'paid',
      amount_due: 0,
      ending_balance: 30,
    });
    await bench.advanceDays(31.1);
    const [renewal] = (await bench.stripe.invoices.list({ customer: customer as string })).data;
    expect(renewal).toMatchObject({ starting_balance: 30, amount_paid: 999 + 30 });
  });

  it('fills in customer_details at creation, and saves the entered name with customer_update', async () => {
    const customer = await bench.stripe.customers.create({ email: 'ada@example.com' });
    const session = await bench.openCheckout({ customer: customer.id, customer_update: { name: 'auto' } });
    expect(session.customer_details).toMatchObject({ email: 'ada@example.com', name: null });
    expect((await bench.openCheckout()).customer_details).toBeNull();
    await bench.submit(session.url ?? '', GOOD_CARD);
    expect(await bench.stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Ada Student' });
  });

  it.each([
    ['final_payment_failure'],
    ['first_payment_failure'],
    ['pause_requested'],
    ['system'],
    ['trial_end_without_payment_method'],
  ])('says %s as the reason of a pause', async (reason) => {
    const { id } = await bench.subscribe();
    await bench.control(`subscriptions/${id}/pause`, { reason });
    const { event } = await bench.inbox.waitFor('customer.subscription.paused');
    expect(event.data.object).toMatchObject({
      status: 'paused',
      status_details: { paused: { type: 'subscription', subscription: { type: reason } } },
    });
  });

  it.each([
    ['max_payment_attempts'],
    ['payment_not_received'],
    ['subscription_canceled'],
    ['subscription_paused'],
    ['user_forgiven'],
  ])('says %s as the reason why an invoice is uncollectible', async (reason) => {
    const failed = await failing();
    const path = `invoices/${latestOf(failed).id}/mark_uncollectible`;
    expect(await bench.control(path, { reason: 'unheard of' })).toMatchObject({ error: { param: 'reason' } });
    await bench.control(path, { reason });
    const { event } = await bench.inbox.waitFor('invoice.marked_uncollectible');
    expect(event.data.object).toMatchObject({ status_details: { uncollectible: { reason } } });
  });
});

describe('a sandbox that pauses after the last retry', () => {
  it('pauses for final_payment_failure', async () => {
    const bench = await Bench.start({ afterRetries: 'pause', retryDays: [1] });
    const { id, customer } = await bench.subscribe();
    const method = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer as string,
    });
    await bench.stripe.subscriptions.update(id, { default_payment_method: method.id });
    await bench.advanceDays(33);
    expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'final_payment_failure' } } },
    });
    await bench.close();
  });
});
