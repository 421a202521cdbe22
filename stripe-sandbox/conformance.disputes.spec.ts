import type Stripe from 'stripe';
import { Bench, GOOD_CARD } from './testing/harness';

describe('disputes, late refunds, setup intents and pauses', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const pay = (payment_method: string, params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    bench.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      confirm: true,
      payment_method,
      ...params,
    });
  const disputeOf = async (card: string) => {
    const intent = await pay(card);
    const [dispute] = (await bench.stripe.disputes.list({ payment_intent: intent.id })).data;
    return dispute as Stripe.Dispute;
  };

  it('withdraws the money of a disputed charge, which cannot be refunded then', async () => {
    const dispute = await disputeOf('pm_card_createDispute');
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 2000 });
    expect(await bench.stripe.charges.retrieve(dispute.charge as string)).toMatchObject({ disputed: true });
    await expect(bench.stripe.refunds.create({ charge: dispute.charge as string })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
    await bench.inbox.waitFor('charge.dispute.created');
    await bench.inbox.waitFor('charge.dispute.funds_withdrawn');
  });

  it.each([
    ['winning_evidence', 'won', 'charge.dispute.funds_reinstated'],
    ['losing_evidence', 'lost', 'charge.dispute.closed'],
  ])('is decided by %s: %s', async (uncategorized_text, status, event) => {
    const { id } = await disputeOf('pm_card_createDisputeProductNotReceived');
    await bench.stripe.disputes.update(id, { evidence: { uncategorized_text } });
    expect((await bench.stripe.disputes.retrieve(id)).status).toBe(status);
    await bench.inbox.waitFor(event);
    await expect(bench.stripe.disputes.close(id)).rejects.toMatchObject({ code: 'dispute_already_closed' });
  });

  it('keeps evidence back until it is submitted, and is lost when nobody answers', async () => {
    const { id } = await disputeOf('pm_card_createDispute');
    const staged = await bench.stripe.disputes.update(id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: false,
    });
    expect(staged).toMatchObject({ status: 'needs_response', evidence_details: { has_evidence: false } });
    await bench.advanceDays(8);
    expect((await bench.stripe.disputes.retrieve(id)).status).toBe('lost');
  });

  it('only asks in an inquiry, which closes and leaves the charge refundable', async () => {
    const dispute = await disputeOf('pm_card_createDisputeInquiry');
    expect(dispute.status).toBe('warning_needs_response');
    await bench.stripe.refunds.create({ charge: dispute.charge as string });
    expect((await bench.stripe.disputes.close(dispute.id)).status).toBe('warning_closed');
    expect(bench.inbox.types).not.toContain('charge.dispute.funds_withdrawn');
  });

  it.each([
    ['pm_card_pendingRefund', 'pending', 'succeeded', 2000],
    ['pm_card_refundFail', 'succeeded', 'failed', 0],
  ])('answers a refund of %s late: %s, then %s', async (card, first, last, refunded) => {
    const intent = await pay(card);
    const refund = await bench.stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe(first);
    await bench.control('clock', { advance_seconds: 60 });
    expect((await bench.stripe.refunds.retrieve(refund.id)).status).toBe(last);
    expect((await bench.stripe.charges.retrieve(refund.charge as string)).amount_refunded).toBe(refunded);
    if (last === 'failed') await bench.inbox.waitFor('refund.failed');
  });

  it('reserves money until it is captured, and gives an intent up', async () => {
    const held = await pay('pm_card_visa', { capture_method: 'manual' });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2000, amount_received: 0 });
    expect(await bench.stripe.paymentIntents.capture(held.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 2000,
    });
    await expect(bench.stripe.paymentIntents.cancel(held.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    const open = await bench.stripe.paymentIntents.create({ amount: 100, currency: 'usd' });
    expect((await bench.stripe.paymentIntents.cancel(open.id)).status).toBe('canceled');
  });

  describe('setup intents', () => {
    it('save a card for a customer', async () => {
      const customer = await bench.stripe.customers.create();
      const intent = await bench.stripe.setupIntents.create({
        customer: customer.id,
        payment_method: 'pm_card_visa',
        confirm: true,
      });
      expect(intent.status).toBe('succeeded');
      const methods = await bench.stripe.paymentMethods.list({ customer: customer.id });
      expect(methods.data[0]?.id).toBe(intent.payment_method);
    });

    it('ask for authentication, and fail with the bank’s reason', async () => {
      const intent = await bench.stripe.setupIntents.create({
        payment_method: 'pm_card_authenticationRequired',
        confirm: true,
      });
      const url = intent.next_action?.redirect_to_url?.url ?? '';
      expect(intent.status).toBe('requires_action');
      expect(await (await fetch(url)).text()).toContain('Complete authentication');
      await bench.submit(url, { result: 'complete' });
      expect((await bench.stripe.setupIntents.retrieve(intent.id)).status).toBe('succeeded');
      const refused = bench.stripe.setupIntents.create({
        payment_method: 'pm_card_visa_chargeDeclined',
        confirm: true,
      });
      await expect(refused).rejects.toMatchObject({ code: 'card_declined' });
      await bench.inbox.waitFor('setup_intent.setup_failed');
      const open = await bench.stripe.setupIntents.create();
      expect((await bench.stripe.setupIntents.cancel(open.id)).status).toBe('canceled');
    });

    it.each(['4242424242424242', '4000002760003184'])(
      'are filled in on the Checkout page with %s',
      async (cardNumber) => {
        const customer = await bench.stripe.customers.create({ email: 'ada@example.com' });
        const session = await bench.stripe.checkout.sessions.create({
          mode: 'setup',
          currency: 'usd',
          customer: customer.id,
          success_url: 'http://127.0.0.1:9/done',
        });
        expect(session).toMatchObject({ amount_total: null, payment_status: 'no_payment_required' });
        const answer = await bench.submit(session.url ?? '', { ...GOOD_CARD, cardNumber });
        expect(answer.status).toBe(303);
        if (answer.headers.get('location')?.endsWith('/authenticate')) {
          await bench.submit(`${session.url}/authenticate`, { result: 'complete' });
        }
        const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
        expect(done).toMatchObject({ status: 'complete', setup_intent: { status: 'succeeded' } });
        expect((await bench.stripe.paymentMethods.list({ customer: customer.id })).data).toHaveLength(1);
      },
    );
  });

  describe('pauses', () => {
    it('stop the periods until resumed in a new one', async () => {
      const { id } = await bench.subscribe();
      expect((await bench.stripe.subscriptions.pause(id)).status).toBe('paused');
      await bench.advanceDays(60);
      expect((await bench.stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
      const resumed = await bench.stripe.subscriptions.resume(id);
      expect(resumed.status).toBe('active');
      expect(resumed.billing_cycle_anchor).toBe(resumed.items.data[0]?.current_period_start);
      expect((await bench.stripe.invoices.list({ subscription: id })).data[0]).toMatchObject({
        amount_paid: 999,
      });
      await bench.inbox.waitFor('customer.subscription.paused');
      await bench.inbox.waitFor('customer.subscription.resumed');
    });

    it('go on in the same period when it still runs', async () => {
      const { id } = await bench.subscribe();
      await bench.stripe.subscriptions.pause(id);
      const resumed = await bench.stripe.subscriptions.resume(id, {
        billing_cycle_anchor: { type: 'unchanged' },
      });
      expect(resumed.status).toBe('active');
      await bench.advanceDays(32);
      expect((await bench.stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
    });

    it('last while the invoice of the resumption is not paid', async () => {
      const { id, customer } = await bench.subscribe();
      await bench.stripe.subscriptions.pause(id);
      const failing = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
        customer: customer as string,
      });
      await bench.stripe.subscriptions.update(id, { default_payment_method: failing.id });
      const waiting = await bench.stripe.subscriptions.resume(id);
      expect(waiting.status).toBe('paused');
      await bench.stripe.invoices.pay(waiting.latest_invoice as string, { payment_method: 'pm_card_visa' });
      expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe('active');
    });
  });
});
