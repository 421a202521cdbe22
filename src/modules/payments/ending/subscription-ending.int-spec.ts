import Stripe from 'stripe';
import { createSandbox, type Sandbox } from 'stripe-sandbox';
import { SandboxControl } from '../../../../test/support/sandbox-control';
import { MONTHLY_PRICE } from '../../../../test/support/config';
import { useTestDatabase } from '../../../../test/support/use-test-database';
import { OperationsService } from '../operations/operations.service';
import { OperationsRepository } from '../operations/persistence/operations.repository';
import { StripeUnavailableError } from '../payments.errors';
import { StripeCollection } from '../stripe/stripe-collection';
import { StripeGateway } from '../stripe/stripe.gateway';
import { SubscriptionEndingService } from './subscription-ending.service';

const DAY = 86_400;

describe('ending a subscription with what it owes', () => {
  const testDatabase = useTestDatabase();
  let sandbox: Sandbox;
  let stripe: Stripe;
  let control: SandboxControl;

  beforeAll(async () => {
    sandbox = createSandbox({ port: 0, catalog: 'premium' });
    await sandbox.listen();
    control = new SandboxControl(sandbox.url);
    const { hostname: host, port } = new URL(sandbox.url);
    stripe = new Stripe('sk_test_x', { host, port: Number(port), protocol: 'http', telemetry: false });
  });
  afterEach(() => control.faults({ api: null }));
  afterAll(() => sandbox.close());

  // One per test: a breaker that a fault has opened must not fail the next test.
  function newService(): SubscriptionEndingService {
    const gateway = new StripeGateway({ secretKey: 'sk_test_x', apiBase: sandbox.url } as never);
    const operations = new OperationsService(new OperationsRepository(testDatabase.database));
    return new SubscriptionEndingService(operations, new StripeCollection(gateway));
  }

  /** A subscription whose renewal failed, with a draft and an item that wait. */
  async function owing() {
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: MONTHLY_PRICE }],
    });
    const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
    sandbox.advance(33 * DAY);
    const owed = { customer: customer.id, subscription: subscription.id };
    await stripe.invoices.create({ ...owed, auto_advance: true });
    await stripe.invoiceItems.create({ ...owed, amount: 500, currency: 'usd' });
    const [user] = await testDatabase.database.query<{ id: string }>(
      `INSERT INTO users (email, full_name) VALUES ($1, 'Ada') RETURNING id`,
      [`${customer.id}@example.test`],
    );
    const request = { userId: user?.id ?? '', customerId: customer.id, requestId: 'req_1' };
    return { ...request, subscriptionId: subscription.id, card };
  }

  async function expectNothingOwed({ customerId, subscriptionId }: Awaited<ReturnType<typeof owing>>) {
    const invoices = await stripe.invoices.list({ customer: customerId });
    const items = await stripe.invoiceItems.list({ customer: customerId, pending: true });

    expect((await stripe.subscriptions.retrieve(subscriptionId)).status).toBe('canceled');
    expect(invoices.data.filter(({ status }) => status === 'open')).toEqual([]);
    expect(
      invoices.data.filter(({ status, auto_advance: advances }) => status === 'draft' && advances),
    ).toEqual([]);
    expect(items.data).toEqual([]);
  }

  it('collects nothing afterwards, although a card that works is added', async () => {
    const owed = await owing();
    const stopped = await newService().end(owed);
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: owed.customerId });
    await stripe.customers.update(owed.customerId, {
      invoice_settings: { default_payment_method: good.id },
    });
    sandbox.advance(40 * DAY);
    const charges = await stripe.charges.list({ customer: owed.customerId });

    await expectNothingOwed(owed);
    expect(stopped).toContainEqual(
      expect.objectContaining({ status: 'open', dueMinor: 999, currency: 'usd' }),
    );
    expect(charges.data.filter(({ paid }) => paid)).toHaveLength(1);
  });

  it.each([
    ['the cancellation', 'DELETE /v1/subscriptions'],
    ['a void', 'POST /v1/invoices'],
    ['the deletion of an item', 'DELETE /v1/invoiceitems'],
  ])('goes on where it stopped when the answer to %s was lost', async (_, match) => {
    const owed = await owing();
    await control.faults({ api: { drop_reply: true, match, times: 9 } });
    await expect(newService().end(owed)).rejects.toThrow(StripeUnavailableError);
    await control.faults({ api: null });
    await newService().end(owed);

    await expectNothingOwed(owed);
    const operations = await testDatabase.database.query(
      'SELECT kind, status FROM stripe_operations WHERE user_id = $1',
      [owed.userId],
    );
    expect(operations).toEqual([{ kind: 'end_subscription', status: 'succeeded' }]);
  });

  it.each(['DELETE /v1/subscriptions', 'POST /v1/invoices', 'DELETE /v1/invoiceitems'])(
    'claims nothing while %s fails, and finishes later',
    async (match) => {
      const owed = await owing();
      await control.faults({ api: { status: 500, match, times: 9 } });
      await expect(newService().end(owed)).rejects.toThrow(StripeUnavailableError);
      await control.faults({ api: null });
      await newService().end(owed);

      await expectNothingOwed(owed);
    },
  );

  it('changes nothing when it is repeated', async () => {
    const owed = await owing();
    await newService().end(owed);

    expect(await newService().end(owed)).toEqual([]);
    await expectNothingOwed(owed);
  });

  it('leaves other subscriptions of the customer alone', async () => {
    const owed = await owing();
    const other = await stripe.subscriptions.create({
      customer: owed.customerId,
      items: [{ price: MONTHLY_PRICE }],
      trial_period_days: 10,
      default_payment_method: owed.card.id,
    });
    await stripe.invoiceItems.create({
      customer: owed.customerId,
      subscription: other.id,
      amount: 100,
      currency: 'usd',
    });
    await newService().end(owed);
    const items = await stripe.invoiceItems.list({ customer: owed.customerId, pending: true });

    expect((await stripe.subscriptions.retrieve(other.id)).status).toBe('trialing');
    expect(items.data).toHaveLength(1);
  });
});
