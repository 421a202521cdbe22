import Stripe from 'stripe';
import { becomePremium, type Purchase } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { startStack, type Stack } from '../support/stack';
import { STUDENT_PASSWORD } from '../support/student';
import { TEST_ENV } from '../support/test-env';
import { eventually } from '../support/wait';
import { findPageProblems } from './inspect';
import type { Visit } from './visit';
import { useVisits } from './visits';

// Chromium reports every page with an error status in red; the page of a used link has one on purpose.
const STATUS_REPORT = /^Failed to load resource: the server responded with a status of 409/;

/** What a student owes, and how it is paid, in Chromium. */
describe('the billing pages', () => {
  let stack: Stack;
  let sandbox: SandboxControl;
  let stripe: Stripe;
  const { visit } = useVisits(STATUS_REPORT);

  beforeAll(async () => {
    stack = await startStack({ redis: process.env[TEST_ENV.redisUrl] !== undefined });
    sandbox = new SandboxControl(stack.sandboxUrl);
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    stripe = new Stripe('sk_test_sandbox', { host, port: Number(port), protocol: 'http', telemetry: false });
  });
  afterAll(async () => {
    await stack?.stop();
  });

  async function failRenewal(): Promise<Purchase> {
    const purchase = await becomePremium({ apiUrl: stack.apiUrl, stripe });
    const { customerId, subscriptionId, student } = purchase;
    const { id } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customerId });
    await stripe.subscriptions.update(subscriptionId, { default_payment_method: id });
    await sandbox.advanceDays(32);
    await eventually(async () => expect((await student.status()).body).toMatchObject({ state: 'past_due' }), {
      timeoutMs: 20_000,
    });
    return purchase;
  }

  async function signIn({ page }: Visit, email: string): Promise<void> {
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password').fill(STUDENT_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it.each(['desktop', 'phone'] as const)(
    'lead from a failed renewal to a paid one on a %s',
    async (device) => {
      const { student } = await failRenewal();
      const person = await visit(device);
      const { page } = person;

      await page.goto(`${stack.apiUrl}/account/pay`);
      await signIn(person, student.email);
      await page.getByRole('heading', { name: '$9.99 is due' }).waitFor();
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('60-owed');

      await page.getByRole('link', { name: 'Pay $9.99' }).click();
      await page.waitForURL((url) => url.href.startsWith(`${stack.sandboxUrl}/i/`));
      await person.fillCard('4242 4242 4242 4242');
      await page.getByRole('button', { name: /^Pay/ }).click();
      await eventually(async () => expect((await student.status()).body).toMatchObject({ reason: 'paid' }), {
        timeoutMs: 20_000,
      });

      await page.goto(`${stack.apiUrl}/account/pay`);
      expect(await person.heading()).toBe('Nothing is owed');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('61-nothing-owed');
    },
  );

  it.each(['desktop', 'phone'] as const)(
    'open the portal once by a link from the chat on a %s',
    async (device) => {
      const { student } = await becomePremium({ apiUrl: stack.apiUrl, stripe });
      const url = String((await student.post('/payments/portal')).body['url']);
      const person = await visit(device);
      const { page } = person;

      await page.goto(url);
      await signIn(person, student.email);
      await page.waitForURL((found) => found.href.startsWith(`${stack.sandboxUrl}/p/session/`));
      await person.picture('62-portal');

      await page.goto(url);
      expect(await person.heading()).toBe('This link was already used');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('63-link-used');
    },
  );
});
