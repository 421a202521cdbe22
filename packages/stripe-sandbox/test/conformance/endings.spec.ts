import { DAY, HOUR, itemOf, latestOf, Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('a subscription', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  it('ends at once when it is canceled, for good', async () => {
    const { id } = await scene.subscribe();
    const canceled = await scene.stripe.subscriptions.cancel(id);
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'cancellation_requested' },
    });
    expect(canceled.ended_at).not.toBeNull();
    await scene.event('customer.subscription.deleted', id);
    await expect(scene.stripe.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toMatchObject(
      { type: 'StripeInvalidRequestError' },
    );
  });

  it('runs to the end of the paid period with cancel_at_period_end', async () => {
    const { id } = await scene.subscribe();
    const scheduled = await scene.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const end = itemOf(scheduled).current_period_end;
    expect(scheduled).toMatchObject({ status: 'active', cancel_at_period_end: true, cancel_at: end });
    expect(scheduled.canceled_at).not.toBeNull();
    await scene.advanceTo(end + 2 * HOUR);
    expect(await scene.current(id)).toMatchObject({ status: 'canceled', ended_at: end });
    expect(await scene.invoices(id)).toHaveLength(1);
  });

  it('continues when the cancellation is undone in time', async () => {
    const { id } = await scene.subscribe();
    await scene.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const resumed = await scene.stripe.subscriptions.update(id, { cancel_at_period_end: false });
    expect(resumed).toMatchObject({ cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    await scene.advanceTo(itemOf(resumed).current_period_end + 2 * HOUR);
    const renewed = await scene.current(id);
    expect(renewed.status).toBe('active');
    expect(latestOf(renewed)).toMatchObject({ status: 'paid', billing_reason: 'subscription_cycle' });
  });

  it('ends at cancel_at', async () => {
    const { id } = await scene.subscribe();
    const cancel_at = scene.clock.frozen_time + 5 * DAY;
    await scene.stripe.subscriptions.update(id, { cancel_at, proration_behavior: 'none' });
    await scene.advanceTo(cancel_at + HOUR);
    expect(await scene.current(id)).toMatchObject({ status: 'canceled', ended_at: cancel_at });
  });

  it('ends when its customer is deleted', async () => {
    const { id, customer } = await scene.subscribe();
    expect(await scene.stripe.customers.del(customer as string)).toMatchObject({ deleted: true });
    expect((await scene.current(id)).status).toBe('canceled');
    expect(await scene.stripe.customers.retrieve(customer as string)).toMatchObject({
      id: customer,
      deleted: true,
    });
    await scene.event('customer.deleted', customer as string);
  });

  it('collects nothing while its collection is paused, and stays active', async () => {
    const { id } = await scene.subscribe();
    const paused = await scene.stripe.subscriptions.update(id, { pause_collection: { behavior: 'void' } });
    const end = itemOf(paused).current_period_end;
    await scene.advanceTo(end + 2 * HOUR);
    const current = await scene.current(id);
    expect(current.status).toBe('active');
    expect(latestOf(current)).toMatchObject({ status: 'void', amount_paid: 0 });
    const going = await scene.stripe.subscriptions.update(id, { pause_collection: '' });
    expect(going.pause_collection).toBeNull();
    await scene.advanceTo(itemOf(going).current_period_end + 2 * HOUR);
    expect(latestOf(await scene.current(id))).toMatchObject({ status: 'paid', amount_paid: 1000 });
  });

  it('has no periods while it is paused, and sends an invoice when it is resumed', async () => {
    const { id } = await scene.subscribe();
    const paused = await scene.stripe.subscriptions.pause(id, {
      bill_for: { unused_time_from: { type: 'none' } },
    });
    expect(paused).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' } } },
    });
    await scene.event('customer.subscription.paused', id);
    await scene.advanceTo(itemOf(paused).current_period_end + 3 * DAY);
    expect(await scene.invoices(id)).toHaveLength(1);
    await scene.stripe.subscriptions.resume(id);
    const waiting = await scene.current(id);
    expect(waiting.status).toBe('paused');
    expect(latestOf(waiting)).toMatchObject({ status: 'open', amount_due: 1000 });
    await scene.stripe.invoices.pay(latestOf(waiting).id);
    expect((await scene.current(id)).status).toBe('active');
    await scene.event('customer.subscription.resumed', id);
  });
});
