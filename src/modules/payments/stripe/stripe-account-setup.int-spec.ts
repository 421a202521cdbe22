import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import Stripe from 'stripe';
import { createSandbox, type Sandbox } from 'stripe-sandbox';
import { reportOf } from './account-setup-report';
import { HANDLED_EVENT_TYPES } from './event-types';
import { setUpStripeAccount, type AccountPlan } from './stripe-account-setup';
import { STRIPE_API_VERSION } from './stripe-client';

const PLAN: AccountPlan = {
  productName: 'Premium',
  currency: 'usd',
  monthlyMinor: 999,
  yearlyMinor: 9599,
  taxBehavior: 'exclusive',
  publicUrl: 'https://course.example',
};
const WEBHOOK = 'https://course.example/api/v1/payments/webhook';

describe('the set-up of a Stripe account', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;
  const run = (plan: Partial<AccountPlan> = {}) =>
    setUpStripeAccount({ secretKey: 'sk_test_x', apiBase: sandbox.url }, { ...PLAN, ...plan });

  beforeEach(async () => {
    sandbox = createSandbox({ port: 0 });
    await sandbox.listen();
    const { hostname: host, port } = new URL(sandbox.url);
    stripe = new Stripe('sk_test_x', { host, port: Number(port), protocol: 'http', telemetry: false });
  });
  afterEach(() => sandbox.close());

  it('makes prices, a portal without email, plan and pause, and an endpoint with exactly our events', async () => {
    const setup = await run();
    const [monthly, yearly] = await Promise.all(
      [setup.monthlyPriceId, setup.yearlyPriceId].map((id) => stripe.prices.retrieve(id)),
    );
    const portal = await stripe.billingPortal.configurations.retrieve(setup.portalConfigurationId);
    const { data } = await stripe.webhookEndpoints.list();

    expect(monthly).toMatchObject({
      unit_amount: 999,
      tax_behavior: 'exclusive',
      recurring: { interval: 'month' },
    });
    expect(yearly).toMatchObject({
      unit_amount: 9599,
      tax_behavior: 'exclusive',
      recurring: { interval: 'year' },
    });
    expect(portal.features.customer_update.allowed_updates).not.toContain('email');
    expect(portal.features.subscription_update.enabled).toBe(false);
    expect(portal.features.subscription_pause.enabled).toBe(false);
    expect(data).toMatchObject([{ url: WEBHOOK, api_version: STRIPE_API_VERSION }]);
    expect([...(data[0]?.enabled_events ?? [])].sort()).toEqual([...HANDLED_EVENT_TYPES].sort());
  });

  it('changes nothing when it is run again, and neither prints nor rolls the secret', async () => {
    const first = await run();
    const again = await run();
    const counts = await Promise.all([
      stripe.products.list(),
      stripe.prices.list(),
      stripe.webhookEndpoints.list(),
    ]);

    expect(reportOf(first)).toMatch(/^STRIPE_WEBHOOK_SECRET=whsec_/m);
    expect(reportOf(again)).not.toContain('whsec_');
    expect(again).toMatchObject({
      monthlyPriceId: first.monthlyPriceId,
      yearlyPriceId: first.yearlyPriceId,
      portalConfigurationId: first.portalConfigurationId,
      endpoint: { state: 'unchanged' },
    });
    expect(counts.map(({ data }) => data.length)).toEqual([1, 2, 1]);
  });

  it('repairs events and status of the endpoint, and never its secret', async () => {
    const { endpoint } = await run();
    const id = endpoint.state === 'skipped' ? '' : endpoint.id;
    await stripe.webhookEndpoints.update(id, { enabled_events: ['invoice.created'], disabled: true });
    const { endpoint: repaired } = await run();

    expect(repaired).toEqual({ state: 'updated', id });
    expect(await stripe.webhookEndpoints.retrieve(id)).toMatchObject({
      status: 'enabled',
      enabled_events: [...HANDLED_EVENT_TYPES],
    });
  });

  it('makes a second endpoint for another API version and leaves the first alone', async () => {
    const old = await stripe.webhookEndpoints.create({
      url: WEBHOOK,
      api_version: '2023-10-16',
      enabled_events: ['*'],
    });
    const setup = await run();

    expect(setup.endpoint).toMatchObject({ state: 'created', replaces: [old.id] });
    expect(reportOf(setup)).toContain(old.id);
    expect((await stripe.webhookEndpoints.retrieve(old.id)).enabled_events).toEqual(['*']);
    expect((await run()).endpoint).toMatchObject({ state: 'unchanged' });
  });

  it('makes another price for another amount, and keeps the old one for those who pay it', async () => {
    const first = await run();
    const dearer = await run({ monthlyMinor: 1299 });

    expect(dearer.monthlyPriceId).not.toBe(first.monthlyPriceId);
    expect(dearer.yearlyPriceId).toBe(first.yearlyPriceId);
    expect((await stripe.prices.retrieve(first.monthlyPriceId)).active).toBe(true);
    expect((await run({ monthlyMinor: 1299 })).monthlyPriceId).toBe(dearer.monthlyPriceId);
  });

  it('makes no endpoint for an address that Stripe cannot reach', async () => {
    const setup = await run({ publicUrl: 'http://127.0.0.1:3000' });

    expect(setup.endpoint).toEqual({ state: 'skipped' });
    expect(reportOf(setup)).toContain('stripe listen');
  });

  it.each([
    [{}, 0, 'STRIPE_PREMIUM_PRICE_ID=price_'],
    [{ STRIPE_SECRET_KEY: '' }, 1, 'STRIPE_SECRET_KEY'],
  ])('is a command that prints the lines for the environment: %j', async (env, status, text) => {
    const ran = await runCommand({
      STRIPE_SECRET_KEY: 'sk_test_x',
      PUBLIC_URL: 'https://course.example',
      STRIPE_API_BASE: sandbox.url,
      ...env,
    });

    expect(ran.status === 0).toBe(status === 0);
    expect(ran.output).toContain(text);
  });
});

function runCommand(env: Record<string, string>): Promise<{ status: number; output: string }> {
  return new Promise((done) => {
    const script = resolve('dist/src/cli/stripe-setup.js');
    execFile(process.execPath, [script], { env, timeout: 20_000 }, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}
