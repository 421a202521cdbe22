import { Bench } from '../support/harness';

describe('refunds', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const paidIntent = async (): Promise<string> => {
    await bench.subscribe();
    return (await bench.stripe.paymentIntents.list()).data[0]?.id ?? '';
  };

  it('return a part, then the rest, and never more', async () => {
    const payment_intent = await paidIntent();
    await bench.stripe.refunds.create({ payment_intent, amount: 400 });
    const [partly] = (await bench.stripe.charges.list({ payment_intent })).data;
    expect(partly).toMatchObject({ amount_refunded: 400, refunded: false });
    await expect(bench.stripe.refunds.create({ payment_intent, amount: 600 })).rejects.toMatchObject({
      param: 'amount',
    });
    await bench.stripe.refunds.create({ payment_intent });
    const [fully] = (await bench.stripe.charges.list({ payment_intent })).data;
    expect(fully).toMatchObject({ amount_refunded: 999, refunded: true });
    await expect(bench.stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
  });

  it('emit their events, lead to the invoice, and leave the subscription active', async () => {
    const payment_intent = await paidIntent();
    await bench.stripe.refunds.create({ payment_intent });
    for (const type of ['refund.created', 'charge.refunded', 'refund.updated', 'charge.refund.updated']) {
      await bench.inbox.waitFor(type);
    }
    const { data } = await bench.stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent },
      expand: ['data.invoice'],
    });
    expect(data[0]?.invoice).toMatchObject({ status: 'paid', parent: { type: 'subscription_details' } });
    expect((await bench.stripe.subscriptions.list()).data[0]?.status).toBe('active');
  });
});
