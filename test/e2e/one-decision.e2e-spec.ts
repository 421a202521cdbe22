import { TestApp } from '../support/app';
import { Operator } from '../support/operator';
import { becomePremium, buy, type Purchase } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

type Expected = readonly [granted: boolean, state: string, reason: string];

/** Guard, status, locked body, the student's explanation and the operator's view are one decision. */
describe('one decision about access', () => {
  let app: TestApp;
  let operator: Operator;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    operator = await Operator.signIn(app);
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterAll(() => app.stop());

  const useBadCard = async ({ customerId, subscriptionId }: Purchase) => {
    const card = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customerId,
    });
    await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
  };
  const refund = async ({ invoiceId }: Purchase) => {
    const { data } = await app.stripe.invoicePayments.list({ invoice: invoiceId, status: 'paid' });
    await app.stripe.refunds.create({ payment_intent: String(data[0]?.payment.payment_intent) });
  };

  /** Each leads a student into a state. */
  const PATHS: Readonly<Record<string, { lead: () => Promise<Student>; expected: Expected }>> = {
    'somebody new': {
      lead: () => app.student(),
      expected: [false, 'none', 'no_subscription'],
    },
    'an open payment link': {
      lead: async () => {
        const student = await app.student();
        await student.checkout();
        return student;
      },
      expected: [false, 'pending', 'checkout_open'],
    },
    'a declined card on the payment page': {
      lead: async () => {
        const student = await app.student();
        const { sessionId } = await student.checkout();
        await expect(pay(app.stripe, sessionId, 'tok_chargeDeclined')).rejects.toThrow();
        return student;
      },
      expected: [false, 'pending', 'checkout_declined'],
    },
    'a paid subscription': {
      lead: async () => (await becomePremium(app)).student,
      expected: [true, 'active', 'paid'],
    },
    'a cancelled subscription': {
      lead: async () => {
        const { student } = await becomePremium(app);
        await student.post('/payments/cancel-subscription');
        return student;
      },
      expected: [true, 'canceling', 'canceled_at_period_end'],
    },
    'a full refund': {
      lead: async () => {
        const purchase = await becomePremium(app);
        await refund(purchase);
        return purchase.student;
      },
      expected: [false, 'revoked', 'refunded'],
    },
    'a payment link after a refund': {
      lead: async () => {
        const purchase = await becomePremium(app);
        await refund(purchase);
        await eventually(async () =>
          expect((await purchase.student.status()).body).toMatchObject({ subscription_status: 'canceled' }),
        );
        await purchase.student.checkout();
        return purchase.student;
      },
      expected: [false, 'revoked', 'refunded'],
    },
    'an open dispute': {
      lead: async () => (await buy(app, { card: 'tok_createDispute' })).student,
      expected: [false, 'revoked', 'disputed'],
    },
    'a failed renewal': {
      lead: async () => {
        const purchase = await becomePremium(app);
        await useBadCard(purchase);
        await sandbox.advanceDays(32);
        return purchase.student;
      },
      expected: [true, 'past_due', 'payment_failed_grace'],
    },
    'complimentary access': {
      lead: async () => {
        const student = await app.student();
        await operator.post(`/users/${student.id}/grants`, { reason: 'a prize' });
        return student;
      },
      expected: [true, 'active', 'complimentary'],
    },
  };

  it.each(Object.entries(PATHS))('%s is the same for everybody who asks', async (_, { lead, expected }) => {
    await expectOneDecision(operator, await lead(), expected);
  });

  it('a trial that was refused because of its card is the same for everybody who asks', async () => {
    const trials = await TestApp.start({ env: { TRIAL_DAYS: '7' } });
    try {
      const start = async (): Promise<Student> => {
        const student = await trials.student();
        const { sessionId } = await student.checkout();
        await pay(trials.stripe, sessionId);
        return student;
      };
      const first = await start();
      await eventually(async () => expect(await first.isPremium()).toBe(true), { timeoutMs: 10_000 });

      await expectOneDecision(await Operator.signIn(trials), await start(), [
        false,
        'expired',
        'trial_card_used',
      ]);
    } finally {
      await trials.stop();
    }
  });
});

async function expectOneDecision(operator: Operator, student: Student, expected: Expected): Promise<void> {
  const [granted, state, reason] = expected;
  await eventually(
    async () =>
      expect((await student.get('/payments/access')).body).toMatchObject({ granted, state, reason }),
    { timeoutMs: 15_000 },
  );
  const { body: access } = await student.get('/payments/access');
  const { body: status } = await student.status();
  const chapter = await student.get('/chapters/chapter-4');
  const { body: seen } = await operator.get(`/users/${student.id}/access`);
  const { next_action: next, until } = access;

  expect(status).toMatchObject({ is_premium: granted, state, reason, next_action: next });
  expect(status['access_until']).toBe(until);
  expect(seen['access']).toMatchObject({ state, reason, next_action: next });
  expect(chapter.status).toBe(granted ? 200 : 403);
  if (!granted) {
    expect(chapter.body['next_action']).toBe(next);
    expect(chapter.body['access_until']).toBe(until);
  }
}
