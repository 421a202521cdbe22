import type Stripe from 'stripe';
import { accounts } from './support/accounts';
import { DAY, HOUR, itemOf, latestOf, Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

/** Stripe retries for two months at most, for every account setting. */
const LONGEST_RETRYING = 64 * DAY;

// Each account has its own rule for what comes after the last retry: cancel, unpaid or nothing.
describe.each(accounts.map((account) => [account.name, account] as const))(
  'a renewal that fails, in %s,',
  (_name, account) => {
    let scene: Scene;
    let subscription: Stripe.Subscription;
    let end: number;
    beforeEach(async () => {
      scene = await Scene.open(undefined, account);
      subscription = await scene.subscribe();
      const customer = subscription.customer as string;
      const failing = await scene.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
      await scene.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
      end = itemOf(subscription).current_period_end;
      await scene.advanceTo(end + 2 * HOUR);
    });
    afterEach(() => scene.close());

    it('makes the subscription past due, with an open invoice', async () => {
      const behind = await scene.current(subscription.id);
      expect(behind.status).toBe('past_due');
      expect(latestOf(behind)).toMatchObject({ status: 'open', attempted: true, amount_remaining: 1000 });
      expect(latestOf(behind).attempt_count).toBeGreaterThanOrEqual(1);
      await scene.event('invoice.payment_failed', latestOf(behind).id);
      expect(await scene.intentOf(latestOf(behind).id)).toMatchObject({ status: 'requires_payment_method' });
    });

    it('is resolved by paying the invoice with another card', async () => {
      const behind = await scene.current(subscription.id);
      const good = await scene.stripe.paymentMethods.attach('pm_card_visa', {
        customer: subscription.customer as string,
      });
      await scene.stripe.invoices.pay(latestOf(behind).id, { payment_method: good.id });
      const recovered = await scene.current(subscription.id);
      expect(recovered.status).toBe('active');
      expect(latestOf(recovered)).toMatchObject({ status: 'paid', amount_paid: 1000 });
    });

    it('ends by the account’s rule after the last retry', async () => {
      for (let at = end + 8 * DAY; at < end + LONGEST_RETRYING; at += 8 * DAY) {
        await scene.advanceTo(at);
        if ((await scene.current(subscription.id)).status !== 'past_due') break;
      }
      const left = await scene.current(subscription.id);
      expect(['canceled', 'unpaid', 'past_due']).toContain(left.status);
      const invoices = await scene.invoices(subscription.id);
      expect(invoices[1]).toMatchObject({ status: 'open', amount_paid: 0 });
      expect(invoices[1]?.attempt_count).toBeGreaterThan(1);
      if (left.status === 'canceled') {
        expect(left.cancellation_details?.reason).toBe('payment_failed');
        await scene.event('customer.subscription.deleted', subscription.id);
      }
      if (left.status !== 'unpaid') return;
      // An unpaid subscription still gets invoices, which stay drafts.
      await scene.advanceTo(itemOf(left).current_period_end + 2 * HOUR);
      expect(latestOf(await scene.current(subscription.id)).status).toBe('draft');
    });
  },
);
