import { TestApp } from '../support/app';
import { MONTHLY_PRICE, YEARLY_PRICE } from '../support/config';
import { call } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';
import { eventually } from '../support/wait';

const getPlans = (app: TestApp) => call('GET', `${app.apiUrl}/api/v1/payments/plans`);

async function listed(app: TestApp): Promise<string[]> {
  const { body } = await getPlans(app);
  return (body['plans'] as { plan: string }[]).map(({ plan }) => plan);
}

describe('plans', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRIAL_DAYS: '7' } });
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  const setActive = (id: string, active: boolean) => app.stripe.prices.update(id, { active });
  const openTasks = () =>
    app.sql<{ fact: string }>(
      `SELECT fact FROM operator_tasks WHERE kind = 'price_unavailable' AND resolved_at IS NULL`,
    );

  it('tells anyone what premium costs, what a year saves, and how long a trial is', async () => {
    const { status, body } = await getPlans(app);

    expect(status).toBe(200);
    expect(body['plans']).toEqual([
      {
        plan: 'monthly',
        interval: 'month',
        amount_minor: 999,
        currency: 'usd',
        tax: 'unspecified',
        trial_days: 7,
      },
      {
        plan: 'yearly',
        interval: 'year',
        amount_minor: 9599,
        currency: 'usd',
        tax: 'unspecified',
        trial_days: 7,
        saving: { amount_minor: 2389, percent: 19 },
      },
    ]);
  });

  it('answers while Stripe is unavailable, once it has answered', async () => {
    await getPlans(app);
    await sandbox.faults({ api: { status: 500 } });

    expect(await listed(app)).toEqual(['monthly', 'yearly']);
  });

  it('drops an archived price, tells operators, and lists it again when it is back', async () => {
    await setActive(YEARLY_PRICE, false);
    await eventually(async () => expect(await listed(app)).toEqual(['monthly']));
    await eventually(async () => expect(await openTasks()).toEqual([{ fact: YEARLY_PRICE }]));

    await setActive(YEARLY_PRICE, true);
    await eventually(async () => expect(await listed(app)).toEqual(['monthly', 'yearly']));
    await eventually(async () => expect(await openTasks()).toEqual([]));
  });

  it('answers 503 with Retry-After, never an empty list, when the product is archived', async () => {
    const { product } = await app.stripe.prices.retrieve(MONTHLY_PRICE);
    await app.stripe.products.update(String(product), { active: false });
    await eventually(async () => expect((await getPlans(app)).status).toBe(503));
    const { body, headers } = await getPlans(app);

    expect(body).toMatchObject({ code: 'plans_unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);

    await app.stripe.products.update(String(product), { active: true });
    await eventually(async () => expect((await getPlans(app)).status).toBe(200));
  });

  it.each([
    ['before its event has arrived', true],
    ['while the list is fresh', false],
  ])('refuses a price that was archived after it was listed, %s', async (_, paused) => {
    const student = await app.student();
    if (paused) await sandbox.pauseDeliveries();
    await setActive(YEARLY_PRICE, false);
    const { status, text } = await student.post('/payments/create-checkout-session', { plan: 'yearly' });
    await setActive(YEARLY_PRICE, true);
    if (paused) await sandbox.resumeDeliveries();

    expect(status).toBe(409);
    expect(text).toContain('plan_unavailable');
    expect(text).not.toContain('Stripe');
    await eventually(async () => expect(await listed(app)).toEqual(['monthly', 'yearly']));
  });

  it('does not tell of other prices and products of the account', async () => {
    const product = await app.stripe.products.create({ name: 'Something else' });
    await app.stripe.products.update(product.id, { active: false });

    await eventually(async () =>
      expect(
        await app.sql(
          `SELECT subject_id FROM webhook_events
           WHERE object_id = $1 AND type = 'product.updated' AND status <> 'pending'`,
          [product.id],
        ),
      ).toEqual([{ subject_id: null }]),
    );
    expect(await openTasks()).toEqual([]);
  });
});

describe('plans of an installation that has never reached Stripe', () => {
  it('answers 503 with Retry-After, and the plans once Stripe answers', async () => {
    const app = await TestApp.start({
      worker: false,
      env: { STRIPE_API_BASE: 'http://127.0.0.1:1' },
    });
    try {
      const { status, body, headers } = await getPlans(app);

      expect([status, body['code']]).toEqual([503, 'plans_unavailable']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await app.stop();
    }
  });
});

describe('a configured price that cannot be sold', () => {
  it('is left out, and told to operators with the variable to change', async () => {
    const app = await TestApp.start({ env: { STRIPE_PREMIUM_YEARLY_PRICE_ID: 'price_doesnotexist' } });
    try {
      expect(await listed(app)).toEqual(['monthly']);
      expect(await app.sql(`SELECT fact, details FROM operator_tasks`)).toEqual([
        {
          fact: 'price_doesnotexist',
          details: { plan: 'yearly', refusal: 'missing', variable: 'STRIPE_PREMIUM_YEARLY_PRICE_ID' },
        },
      ]);
    } finally {
      await app.stop();
    }
  });
});
