import type Stripe from 'stripe';
import { Bench, GOOD_CARD } from '../support/harness';

describe('disputes, fraud warnings, delayed refunds and setup intents', () => {
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

  it('sends evidence only when submitted, and loses an unanswered dispute', async () => {
    const { id } = await disputeOf('pm_card_createDispute');
    const staged = await bench.stripe.disputes.update(id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: false,
    });
    expect(staged).toMatchObject({ status: 'needs_response', evidence_details: { has_evidence: false } });
    await bench.advanceDays(8);
    expect((await bench.stripe.disputes.retrieve(id)).status).toBe('lost');
  });

  it('leaves the charge refundable during and after an inquiry', async () => {
    const dispute = await disputeOf('pm_card_createDisputeInquiry');
    expect(dispute.status).toBe('warning_needs_response');
    await bench.stripe.refunds.create({ charge: dispute.charge as string });
    expect((await bench.stripe.disputes.close(dispute.id)).status).toBe('warning_closed');
    expect(bench.inbox.types).not.toContain('charge.dispute.funds_withdrawn');
  });

  it('emits an early fraud warning for its test card, which a refund resolves', async () => {
    const intent = await pay('pm_card_createIssuerFraudRecord');
    const [warning] = (await bench.stripe.radar.earlyFraudWarnings.list({ payment_intent: intent.id })).data;
    expect(warning).toMatchObject({ actionable: true, charge: intent.latest_charge, fraud_type: 'misc' });
    await bench.inbox.waitFor('radar.early_fraud_warning.created');
    await bench.stripe.refunds.create({ payment_intent: intent.id });
    const after = await bench.stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? '');
    expect(after.actionable).toBe(false);
    await bench.inbox.waitFor('radar.early_fraud_warning.updated');
    await expect(bench.stripe.radar.earlyFraudWarnings.retrieve('issfr_none')).rejects.toMatchObject({
      code: 'resource_missing',
    });
  });

  it('adds the balance transaction later when capture is asynchronous', async () => {
    await pay('pm_card_visa');
    const { event } = await bench.inbox.waitFor('charge.updated');
    expect(event.data.previous_attributes).toEqual({ balance_transaction: null });
    const first = await bench.inbox.waitFor('charge.succeeded');
    expect((first.event.data.object as Stripe.Charge).balance_transaction).toBeNull();
  });

  it('updates an open intent and refuses to update a finished one', async () => {
    const open = await bench.stripe.paymentIntents.create({ amount: 100, currency: 'usd' });
    const changed = await bench.stripe.paymentIntents.update(open.id, {
      amount: 250,
      payment_method: 'pm_card_visa',
      metadata: { order: '7' },
    });
    expect(changed).toMatchObject({ amount: 250, status: 'requires_confirmation', metadata: { order: '7' } });
    expect(await bench.stripe.paymentIntents.confirm(open.id)).toMatchObject({ amount_received: 250 });
    await expect(bench.stripe.paymentIntents.update(open.id, { amount: 1 })).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('returns from the bank to the given return_url', async () => {
    const return_url = 'http://127.0.0.1:9/back?order=7';
    const intent = await pay('pm_card_authenticationRequired', { return_url });
    expect(intent.next_action?.redirect_to_url?.return_url).toBe(return_url);
    const answer = await bench.submit(intent.next_action?.redirect_to_url?.url ?? '', { result: 'complete' });
    expect(answer.status).toBe(303);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.searchParams.get('payment_intent')).toBe(intent.id);
    expect(location.searchParams.get('redirect_status')).toBe('succeeded');
    expect(location.searchParams.get('order')).toBe('7');
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

  it('authorizes until capture, and cancels an intent', async () => {
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
});
