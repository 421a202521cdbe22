import type Stripe from 'stripe';
import { Scene } from './support/scene';
import { TEST_TIMEOUT_MS, waitFor } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('refunds and disputes', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  const pay = (payment_method: string) =>
    scene.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      confirm: true,
      payment_method,
      allowed_payment_method_types: ['card'],
    });

  it('is refunded in part, then whole, never more, and the subscription stays active', async () => {
    const { id, latest_invoice } = await scene.subscribe();
    const intent = await scene.intentOf(latest_invoice as string);
    const charge = intent.latest_charge as string;
    const part = await scene.stripe.refunds.create({ payment_intent: intent.id, amount: 400 });
    expect(part).toMatchObject({ amount: 400, status: 'succeeded', charge });
    expect(await scene.stripe.charges.retrieve(charge)).toMatchObject({
      amount_refunded: 400,
      refunded: false,
    });
    await expect(
      scene.stripe.refunds.create({ payment_intent: intent.id, amount: 700 }),
    ).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
    await scene.stripe.refunds.create({ payment_intent: intent.id });
    expect(await scene.stripe.charges.retrieve(charge)).toMatchObject({
      amount_refunded: 1000,
      refunded: true,
    });
    await expect(scene.stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await scene.current(id)).status).toBe('active');
    await scene.event('charge.refunded', charge);
    const { data } = await scene.stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent.id },
    });
    expect(data.map(({ invoice }) => invoice)).toEqual([latest_invoice]);
  });

  const disputeOf = (intent: Stripe.PaymentIntent) =>
    waitFor('the dispute', async () => {
      const { data } = await scene.stripe.disputes.list({ payment_intent: intent.id });
      return data[0];
    });

  it.each([
    ['winning_evidence', 'won'],
    ['losing_evidence', 'lost'],
  ])('is disputed, and %s leads to %s', async (uncategorized_text, status) => {
    const intent = await pay('pm_card_createDispute');
    const dispute = await disputeOf(intent);
    expect(dispute).toMatchObject({ amount: 2000, reason: 'fraudulent', status: 'needs_response' });
    await scene.event('charge.dispute.created', dispute.id);
    await scene.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text }, submit: true });
    await waitFor(`a dispute that is ${status}`, async () => {
      const now = await scene.stripe.disputes.retrieve(dispute.id);
      return now.status === status || undefined;
    });
    await scene.event('charge.dispute.closed', dispute.id);
  });

  it('opens an inquiry first', async () => {
    const dispute = await disputeOf(await pay('pm_card_createDisputeInquiry'));
    expect(dispute.status).toBe('warning_needs_response');
  });

  it('emits an early fraud warning', async () => {
    const intent = await pay('pm_card_createIssuerFraudRecord');
    const warning = await waitFor('the warning', async () => {
      const { data } = await scene.stripe.radar.earlyFraudWarnings.list({ payment_intent: intent.id });
      return data[0];
    });
    expect(warning).toMatchObject({ charge: intent.latest_charge, actionable: true });
  });
});
