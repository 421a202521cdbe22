import { DAY, HOUR, latestOf, Scene } from './support/scene';
import { TEST_TIMEOUT_MS, waitFor } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('a trial', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  it('starts free, is announced to end three days before, and is charged then', async () => {
    const { id } = await scene.subscribe({ trial_period_days: 7 });
    const trialing = await scene.current(id);
    expect(trialing).toMatchObject({ status: 'trialing', trial_end: scene.clock.frozen_time + 7 * DAY });
    expect(latestOf(trialing)).toMatchObject({ status: 'paid', total: 0 });
    await scene.advanceTo(scene.clock.frozen_time + 4 * DAY + HOUR);
    await scene.event('customer.subscription.trial_will_end', id);
    await scene.advanceTo(scene.clock.frozen_time + 7 * DAY + 2 * HOUR);
    const active = await scene.current(id);
    expect(active.status).toBe('active');
    expect(latestOf(active)).toMatchObject({ status: 'paid', amount_paid: 1000 });
  });

  it.each([
    ['cancel', 'canceled'],
    ['pause', 'paused'],
    ['create_invoice', 'past_due'],
  ] as const)('without a card ends with %s as %s', async (missing_payment_method, status) => {
    const { id } = await scene.subscribe(
      {
        customer: (await scene.customer()).id,
        trial_period_days: 4,
        trial_settings: { end_behavior: { missing_payment_method } },
      },
      undefined,
    );
    await scene.advanceTo(scene.clock.frozen_time + 4 * DAY + 2 * HOUR);
    expect((await scene.current(id)).status).toBe(status);
  });

  it('that paused resumes in a new period when its invoice is paid', async () => {
    const { id: customer } = await scene.customer();
    const { id } = await scene.subscribe({
      customer,
      trial_period_days: 4,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await scene.advanceTo(scene.clock.frozen_time + 5 * DAY);
    await scene.event('customer.subscription.paused', id);
    const card = await scene.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await scene.stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: card.id },
    });
    await scene.stripe.subscriptions.resume(id, { payment_behavior: 'resume_on_payment_success' });
    const resumed = await waitFor('the resumption', async () => {
      const subscription = await scene.current(id);
      return subscription.status === 'active' ? subscription : undefined;
    });
    expect(latestOf(resumed)).toMatchObject({ status: 'paid', amount_paid: 1000 });
    await scene.event('customer.subscription.resumed', id);
  });

  it('can be ended at once, which charges at once', async () => {
    const { id } = await scene.subscribe({ trial_period_days: 14 });
    await scene.stripe.subscriptions.update(id, { trial_end: 'now' });
    await scene.advanceTo(scene.clock.frozen_time + 2 * HOUR);
    const active = await scene.current(id);
    expect(active.status).toBe('active');
    expect(latestOf(active)).toMatchObject({ status: 'paid', amount_paid: 1000 });
  });
});
