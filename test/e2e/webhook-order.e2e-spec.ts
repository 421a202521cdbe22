import type Stripe from 'stripe';
import { TestApp } from '../support/app';
import { eventsOf, SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver } from '../support/webhook';
import { buy } from '../support/purchase';

/** Stripe promises no order. Deliveries are held back and made here, in the order that each test wants. */
describe('webhook order, duplicates and strangers', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
    await sandbox.pauseDeliveries();
  });
  afterAll(() => app.stop());

  const customerOf = async (student: Student): Promise<string> => {
    const [row] = await app.sql<{ stripe_customer_id: string }>(
      'SELECT stripe_customer_id FROM users WHERE id = $1',
      [student.id],
    );
    if (row === undefined) throw new Error('no such user');
    return row.stripe_customer_id;
  };
  const transitionsOf = (student: Student) =>
    app.sql<{ to_state: string; cause_id: string }>(
      'SELECT to_state, cause_id FROM entitlement_transitions WHERE user_id = $1 ORDER BY id',
      [student.id],
    );
  const pendingCount = async () =>
    Number(
      (await app.sql<{ n: string }>(`SELECT count(*) AS n FROM webhook_events WHERE status = 'pending'`))[0]
        ?.n,
    );
  const settled = () => eventually(async () => expect(await pendingCount()).toBe(0), { timeoutMs: 10_000 });

  async function send(events: readonly Stripe.Event[]): Promise<void> {
    for (const event of events) {
      expect((await deliver(app.apiUrl, JSON.stringify(event, null, 2))).status).toBe(200);
      await settled();
    }
  }

  const pick = (events: readonly Stripe.Event[], ...types: string[]): Stripe.Event[] =>
    types.map((type) => {
      const found = events.findLast((event) => event.type === type);
      if (found === undefined)
        throw new Error(`no ${type} among ${events.map((event) => event.type).join(', ')}`);
      return found;
    });

  it('makes one row and one transition of the same event sent 100 times at once', async () => {
    const { student, customerId } = await buy(app);
    const [event] = pick(await eventsOf(app.stripe, customerId), 'checkout.session.completed');
    const body = JSON.stringify(event, null, 2);

    const answers = await Promise.all(Array.from({ length: 100 }, () => deliver(app.apiUrl, body)));
    await settled();

    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(await app.sql('SELECT 1 FROM webhook_events WHERE event_id = $1', [event?.id])).toHaveLength(1);
    expect(await transitionsOf(student)).toEqual([{ to_state: 'active', cause_id: event?.id }]);
    expect(await student.isPremium()).toBe(true);
  });

  it('ends premium when updated comes before created', async () => {
    const { student, customerId } = await buy(app);
    const [subscription] = (await app.stripe.subscriptions.list({ customer: customerId })).data;
    await app.stripe.subscriptions.update(String(subscription?.id), { metadata: { touched: 'yes' } });

    await send(
      pick(
        await eventsOf(app.stripe, customerId),
        'customer.subscription.updated',
        'customer.subscription.created',
      ),
    );

    expect((await student.status()).body).toMatchObject({ is_premium: true, state: 'active' });
    expect(await transitionsOf(student)).toHaveLength(1);
  });

  it('ends without access when deleted comes before updated', async () => {
    const { student, customerId } = await buy(app);
    const [subscription] = (await app.stripe.subscriptions.list({ customer: customerId })).data;
    await app.stripe.subscriptions.update(String(subscription?.id), { metadata: { touched: 'yes' } });
    await app.stripe.subscriptions.cancel(String(subscription?.id));

    await send(
      pick(
        await eventsOf(app.stripe, customerId),
        'customer.subscription.deleted',
        'customer.subscription.updated',
      ),
    );

    expect((await student.status()).body).toMatchObject({
      is_premium: false,
      state: 'expired',
      subscription_status: 'canceled',
    });
  });

  it('believes the current state, not the order, of two events of the same second', async () => {
    const { student, customerId } = await buy(app);
    const events = await eventsOf(app.stripe, customerId);
    const [created, paid] = pick(events, 'customer.subscription.created', 'invoice.paid');
    const sameSecond = [paid, created].map(
      (event) => ({ ...event, created: created?.created }) as Stripe.Event,
    );

    await Promise.all(sameSecond.map((event) => deliver(app.apiUrl, JSON.stringify(event, null, 2))));
    await settled();

    expect(await student.isPremium()).toBe(true);
    expect(await transitionsOf(student)).toHaveLength(1);
  });

  it("keeps a new purchase when the old subscription's deletion arrives last", async () => {
    const { student, customerId } = await buy(app);
    await send(pick(await eventsOf(app.stripe, customerId), 'customer.subscription.created'));
    const [old] = (await app.stripe.subscriptions.list({ customer: customerId })).data;
    await app.stripe.subscriptions.cancel(String(old?.id));
    const [deletion] = pick(await eventsOf(app.stripe, customerId), 'customer.subscription.deleted');
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await send(pick(await eventsOf(app.stripe, customerId), 'customer.subscription.created'));

    await send(deletion === undefined ? [] : [deletion]);

    const { body } = await student.status();
    expect(body).toMatchObject({ is_premium: true, state: 'active' });
    expect(body['subscription_id']).not.toBe(old?.id);
  });

  it('takes a three days old event without going back', async () => {
    const { student, customerId } = await buy(app);
    const [created] = pick(await eventsOf(app.stripe, customerId), 'customer.subscription.created');
    const [subscription] = (await app.stripe.subscriptions.list({ customer: customerId })).data;
    await app.stripe.subscriptions.cancel(String(subscription?.id));

    await send([{ ...created, created: (created?.created ?? 0) - 3 * 86_400 } as Stripe.Event]);

    expect(await student.isPremium()).toBe(false);
  });

  it('does not believe a payload that claims more than Stripe says', async () => {
    const student = await app.student();
    await student.checkout();
    const customer = await customerOf(student);
    const claim = { id: 'sub_claimed', object: 'subscription', customer, status: 'active' };
    const event = {
      id: 'evt_claim',
      object: 'event',
      type: 'customer.subscription.created',
      data: { object: claim },
    };

    await send([{ ...event, livemode: false, created: 1, api_version: null } as unknown as Stripe.Event]);

    expect((await student.status()).body).toMatchObject({ is_premium: false, state: 'pending' });
  });

  it('gives no access for a completed session that is unpaid, until it is paid', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    const sepa = await app.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban: 'AT611904300234573201' },
      billing_details: { name: 'Ada', email: 'ada@example.test' },
    });
    await app.stripe.rawRequest('POST', `/v1/payment_pages/${sessionId}/confirm`, {
      payment_method: sepa.id,
    });
    const customerId = await customerOf(student);
    await send(pick(await eventsOf(app.stripe, customerId), 'checkout.session.completed'));

    expect((await student.status()).body).toMatchObject({
      is_premium: false,
      state: 'pending',
      next_action: 'wait',
    });
    expect((await student.get('/chapters/chapter-4')).status).toBe(403);

    await sandbox.settle(sessionId, 'succeeded');
    await send(pick(await eventsOf(app.stripe, customerId), 'checkout.session.async_payment_succeeded'));

    expect((await student.status()).body).toMatchObject({ is_premium: true, state: 'active' });
  });

  it('gives no access for a completed session that we did not create', async () => {
    const student = await app.student();
    await student.checkout();
    const customer = await customerOf(student);
    const session = await app.stripe.checkout.sessions.create({
      mode: 'payment',
      customer,
      client_reference_id: student.id,
      metadata: { user_id: student.id },
      line_items: [
        { price_data: { currency: 'usd', unit_amount: 100, product_data: { name: 'A mug' } }, quantity: 1 },
      ],
      success_url: 'https://example.test/',
    });
    await pay(app.stripe, session.id);
    const completed = (await eventsOf(app.stripe, customer)).filter(
      ({ type }) => type === 'checkout.session.completed',
    );

    await send(completed);

    expect(completed).toHaveLength(1);
    expect(await student.isPremium()).toBe(false);
  });

  it('gives no access for a subscription to another product', async () => {
    const student = await app.student();
    await student.checkout();
    const customer = await customerOf(student);
    const product = await app.stripe.products.create({ name: 'Newsletter' });
    const price = await app.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 100,
      recurring: { interval: 'month' },
    });
    await app.stripe.paymentMethods.attach('pm_card_visa', { customer });
    const [method] = (await app.stripe.paymentMethods.list({ customer })).data;
    await app.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      default_payment_method: String(method?.id),
    });

    await send(pick(await eventsOf(app.stripe, customer), 'customer.subscription.created', 'invoice.paid'));

    expect(await student.isPremium()).toBe(false);
  });

  it("parks an event of somebody else's customer", async () => {
    const stranger = await app.stripe.customers.create({ email: 'stranger@example.test' });
    const body = {
      id: 'evt_stranger',
      object: 'event',
      type: 'invoice.paid',
      livemode: false,
      created: 1,
      data: { object: { id: 'in_x', object: 'invoice', customer: stranger.id } },
    };

    await send([body as unknown as Stripe.Event]);

    const [row] = await app.sql(
      `SELECT status, status_reason FROM webhook_events WHERE event_id = 'evt_stranger'`,
    );
    expect(row).toEqual({ status: 'ignored', status_reason: 'unmatched_customer' });
  });

  it('ends access when the customer is deleted at Stripe, and sells to the student again', async () => {
    const { student, customerId } = await buy(app);
    await send(pick(await eventsOf(app.stripe, customerId), 'customer.subscription.created'));
    await app.stripe.customers.del(customerId);

    await send(pick(await eventsOf(app.stripe, customerId), 'customer.deleted'));

    expect(await student.isPremium()).toBe(false);
    await student.checkout();
    expect(await customerOf(student)).not.toBe(customerId);
  });
});
