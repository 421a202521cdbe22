import { DAY, itemOf, latestOf, Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('the first payment of a subscription', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  it('makes it active, with a paid invoice for its first period', async () => {
    const { id } = await scene.subscribe();
    const subscription = await scene.current(id);
    const item = itemOf(subscription);
    expect(subscription).toMatchObject({ status: 'active', livemode: false, test_clock: scene.clock.id });
    expect(latestOf(subscription)).toMatchObject({
      status: 'paid',
      billing_reason: 'subscription_create',
      amount_paid: 1000,
      amount_remaining: 0,
      parent: { subscription_details: { subscription: id } },
    });
    expect(latestOf(subscription).lines.data[0]?.period).toMatchObject({
      start: item.current_period_start,
      end: item.current_period_end,
    });
    expect(await scene.intentOf(latestOf(subscription).id)).toMatchObject({
      status: 'succeeded',
      amount_received: 1000,
    });
    await scene.event('customer.subscription.created', id);
    await scene.event('invoice.paid', latestOf(subscription).id);
  });

  it('is incomplete after a decline, and active once another card pays the invoice', async () => {
    const { id, customer } = await scene.subscribe({}, 'pm_card_chargeCustomerFail');
    const declined = await scene.current(id);
    expect(declined.status).toBe('incomplete');
    expect(latestOf(declined)).toMatchObject({ status: 'open', amount_due: 1000, attempted: true });
    expect(await scene.intentOf(latestOf(declined).id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined' },
    });
    const good = await scene.stripe.paymentMethods.attach('pm_card_visa', { customer: customer as string });
    await scene.stripe.invoices.pay(latestOf(declined).id, { payment_method: good.id });
    const paid = await scene.current(id);
    expect(paid.status).toBe('active');
    expect(latestOf(paid).status).toBe('paid');
    await scene.event('customer.subscription.updated', id);
  });

  it('expires when nobody pays within 23 hours, and its invoice is void', async () => {
    const { id } = await scene.subscribe({}, 'pm_card_chargeCustomerFail');
    await scene.advanceTo(scene.clock.frozen_time + DAY + 3_600);
    const expired = await scene.current(id);
    expect(expired.status).toBe('incomplete_expired');
    expect(latestOf(expired).status).toBe('void');
  });

  it('creates nothing after a decline with error_if_incomplete', async () => {
    const { id: customer } = await scene.customer('pm_card_chargeCustomerFail');
    const refused = scene.subscribe({ customer, payment_behavior: 'error_if_incomplete' });
    await expect(refused).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
    });
    const { data } = await scene.stripe.subscriptions.list({ customer, status: 'all' });
    expect(data).toEqual([]);
  });

  it('waits for authentication when the bank asks for it', async () => {
    const { id } = await scene.subscribe({}, 'pm_card_authenticationRequired');
    const waiting = await scene.current(id);
    expect(waiting.status).toBe('incomplete');
    expect(await scene.intentOf(latestOf(waiting).id)).toMatchObject({ status: 'requires_action' });
    const { confirmation_secret } = await scene.stripe.invoices.retrieve(latestOf(waiting).id, {
      expand: ['confirmation_secret'],
    });
    expect(confirmation_secret?.client_secret).toContain('_secret_');
  });

  it('waits for the customer with default_incomplete, and saves the card that paid when asked to', async () => {
    const { id, customer } = await scene.subscribe({
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
    });
    const waiting = await scene.current(id);
    expect(waiting.status).toBe('incomplete');
    expect(await scene.intentOf(latestOf(waiting).id)).toMatchObject({ amount_received: 0 });
    const card = await scene.stripe.paymentMethods.attach('pm_card_mastercard', {
      customer: customer as string,
    });
    await scene.stripe.invoices.pay(latestOf(waiting).id, { payment_method: card.id });
    expect(await scene.current(id)).toMatchObject({ status: 'active', default_payment_method: card.id });
  });
});
