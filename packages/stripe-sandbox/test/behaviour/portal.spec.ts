import type Stripe from 'stripe';
import { Bench, GOOD_CARD } from '../support/harness';

describe('the billing portal', () => {
  let bench: Bench;
  let subscription: Stripe.Subscription;
  let url: string;
  beforeEach(async () => {
    bench = await Bench.start();
    subscription = await bench.subscribe();
    url = await open();
  });
  afterEach(() => bench.close());

  const open = async (configuration?: string) => {
    const session = await bench.stripe.billingPortal.sessions.create({
      customer: subscription.customer as string,
      return_url: 'http://127.0.0.1:9/account',
      ...(configuration ? { configuration } : {}),
    });
    return session.url;
  };
  const read = async () => (await fetch(url)).text();
  const act = (fields: Record<string, string>) =>
    bench.submit(url, { subscription: subscription.id, ...fields });
  const current = () => bench.stripe.subscriptions.retrieve(subscription.id);

  it('shows plan, card, invoices and the return link', async () => {
    const page = await read();
    for (const text of [
      '$9.99 per month',
      'visa •••• 4242',
      'Cancel plan',
      'http://127.0.0.1:9/account',
      '/i/in_',
    ]) {
      expect(page).toContain(text);
    }
    await bench.inbox.waitFor('billing_portal.session.created');
  });

  it('cancels with cancel_at, leaves cancel_at_period_end false, and undoes it', async () => {
    expect((await act({ act: 'cancel' })).status).toBe(303);
    const end = subscription.items.data[0]?.current_period_end;
    expect(await current()).toMatchObject({ cancel_at: end, cancel_at_period_end: false, status: 'active' });
    expect(await read()).toContain('Your plan ends on');
    await act({ act: 'resume' });
    expect(await current()).toMatchObject({ cancel_at: null, canceled_at: null });
    await act({ act: 'cancel' });
    await bench.advanceDays(32);
    expect(await current()).toMatchObject({ status: 'canceled', ended_at: end });
  });

  it('shows the cost of a change and charges exactly that', async () => {
    const page = await (await act({ act: 'preview', price: 'price_premium_yearly' })).text();
    const due = /Due today<\/td>\s*<td>\$([\d.]+)/.exec(page)?.[1];
    await act({ act: 'change', price: 'price_premium_yearly' });
    const { items, latest_invoice } = await current();
    expect(items.data[0]?.price.id).toBe('price_premium_yearly');
    const invoice = await bench.stripe.invoices.retrieve(latest_invoice as string);
    expect((invoice.amount_paid / 100).toFixed(2)).toBe(due);
  });

  it('refuses plans that are not offered and subscriptions of other customers', async () => {
    const { id } = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      recurring: { interval: 'month' },
      product_data: { name: 'Secret' },
    });
    expect((await act({ act: 'change', price: id })).status).toBe(402);
    const other = await bench.subscribe();
    expect((await bench.submit(url, { act: 'cancel', subscription: other.id })).status).toBe(402);
    expect((await bench.stripe.subscriptions.retrieve(other.id)).cancel_at).toBeNull();
  });

  it('saves a new card, and shows why another is declined', async () => {
    const refused = await act({ ...GOOD_CARD, act: 'card', cardNumber: '4000000000000002' });
    expect(await refused.text()).toContain('Your card was declined.');
    const wrong = await act({ ...GOOD_CARD, act: 'card', cardNumber: '4242' });
    expect(await wrong.text()).toContain('incomplete');
    await act({ ...GOOD_CARD, act: 'card', cardNumber: '5555555555554444' });
    const method = (await current()).default_payment_method as string;
    expect((await bench.stripe.paymentMethods.retrieve(method)).card?.brand).toBe('mastercard');
    expect(await read()).toContain('mastercard •••• 4444');
  });

  it('offers only what its configuration allows', async () => {
    const configuration = await bench.stripe.billingPortal.configurations.create({
      features: { subscription_cancel: { enabled: true, mode: 'immediately' } },
    });
    url = await open(configuration.id);
    const page = await read();
    expect(page).not.toContain('Update card');
    expect(page).not.toContain('Change to');
    await act({ act: 'cancel' });
    expect((await current()).status).toBe('canceled');
    const changed = await bench.stripe.billingPortal.configurations.update(configuration.id, {
      active: false,
    });
    expect(changed).toMatchObject({
      active: false,
      features: { subscription_cancel: { mode: 'immediately' } },
    });
  });

  it('answers 404 for an unknown session', async () => {
    expect((await fetch(`${bench.sandbox.url}/p/session/bps_none`)).status).toBe(404);
  });

  describe('opened for one flow', () => {
    const openFor = async (flow_data: Stripe.BillingPortal.SessionCreateParams.FlowData) => {
      const session = await bench.stripe.billingPortal.sessions.create({
        customer: subscription.customer as string,
        flow_data,
      });
      url = session.url;
      return session;
    };
    const id = () => subscription.id;

    it('cancels and redirects to the given return URL', async () => {
      const session = await openFor({
        type: 'subscription_cancel',
        subscription_cancel: { subscription: id() },
        after_completion: { type: 'redirect', redirect: { return_url: 'http://127.0.0.1:9/bye' } },
      });
      expect(session.flow).toMatchObject({ type: 'subscription_cancel' });
      const page = await read();
      expect(page).toContain('Cancel your plan');
      expect(page).not.toContain('Update card');
      const answer = await act({ act: 'cancel' });
      expect(answer.headers.get('location')).toBe('http://127.0.0.1:9/bye');
      expect((await current()).cancel_at).not.toBeNull();
    });

    it('changes to the named plan and shows the custom confirmation', async () => {
      await openFor({
        type: 'subscription_update_confirm',
        subscription_update_confirm: {
          subscription: id(),
          items: [{ id: subscription.items.data[0]?.id ?? '', price: 'price_premium_yearly' }],
        },
        after_completion: {
          type: 'hosted_confirmation',
          hosted_confirmation: { custom_message: 'See you next year.' },
        },
      });
      expect(await read()).toContain('$95.99 per year');
      const answer = await act({ act: 'change', price: 'price_premium_yearly' });
      const next = new URL(answer.headers.get('location') ?? '', bench.sandbox.url);
      expect(await (await fetch(next)).text()).toContain('See you next year.');
      expect((await current()).items.data[0]?.price.id).toBe('price_premium_yearly');
    });

    it('updates a card or offers plans, with a link to the portal', async () => {
      await openFor({ type: 'payment_method_update' });
      expect(await read()).toContain('<details open>');
      const wrong = await act({ ...GOOD_CARD, act: 'card', cardNumber: '4000000000000002' });
      expect(await wrong.text()).toContain('Update your card');
      const saved = await act({ ...GOOD_CARD, act: 'card', cardNumber: '5555555555554444' });
      expect(saved.headers.get('location')).toContain('?home=1');
      await openFor({ type: 'subscription_update', subscription_update: { subscription: id() } });
      expect(await read()).toContain('Change your plan');
    });

    it('refuses subscriptions of other customers', async () => {
      const other = await bench.subscribe();
      await expect(
        openFor({ type: 'subscription_cancel', subscription_cancel: { subscription: other.id } }),
      ).rejects.toMatchObject({ param: 'flow_data[subscription_cancel][subscription]' });
    });
  });
});
