import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import Stripe from 'stripe';
import { DIST } from '../../local/paths';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { TEST_ENV } from '../support/test-env';
import { launchChromium } from './chromium';
import { findPageProblems } from './inspect';
import { Visit } from './visit';

const OPERATOR = { email: 'operator@example.test', password: 'operator horse battery' };
const SCREEN = { fullPage: false };
const HAS_REDIS = process.env[TEST_ENV.redisUrl] !== undefined;

// Chromium reports answers with an error status, which some below have on purpose, and that bull-board preloads files for
// a job before somebody opens one.
const EXPECTED =
  /^Failed to load resource: the server responded with a status of 40[134]|was preloaded using link preload but not used/;

/** An operator in Chromium, on real processes. */
/** A job is named by the type and the id of its event. */
const JOB_NAME = /[a-z_.]+ evt_\w+/;

describe('the operator console', () => {
  let stack: Stack;
  let browser: Browser;
  let person: Visit;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    stack = await startStack({ redis: HAS_REDIS });
    execFileSync(process.execPath, [join(DIST, 'src/cli/create-operator.js')], {
      env: {
        DATABASE_URL: stack.databaseUrl,
        OPERATOR_EMAIL: OPERATOR.email,
        OPERATOR_PASSWORD: OPERATOR.password,
      },
    });
  });
  beforeEach(async () => {
    person = await Visit.start(browser);
    page = person.page;
  });
  // The browser reports what its policy refuses as errors too.
  afterEach(async () => {
    const { errors, left } = person;
    await person.end();
    expect({ errors: errors.filter((error) => !EXPECTED.test(error)), left }).toEqual({
      errors: [],
      left: [],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function signIn(path: string): Promise<void> {
    await page.goto(`${stack.apiUrl}${path}`);
    expect(page.url()).toBe(`${stack.apiUrl}/sign-in?return_to=${encodeURIComponent(path)}`);
    await page.getByLabel('Email address').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${stack.apiUrl}${path}`);
  }

  /** Clicks "Authorize" in Swagger UI, chooses scopes, and agrees in the window that opens. */
  async function authorize(scopes: readonly string[]): Promise<void> {
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.auth-container').filter({ hasText: 'authorizationCode' });
    for (const scope of scopes) {
      await dialog.locator(`label[for="${scope}-authorizationCode-checkbox-oauth"]`).click();
    }
    await person.picture('20-authorize', SCREEN);
    const opened = page.waitForEvent('popup');
    await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
    const consent = await opened;
    await consent.getByRole('button', { name: `Continue as ${OPERATOR.email}` }).click();
    await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
    expect(consent.isClosed()).toBe(true);
    await person.picture('21-authorized', SCREEN);
    await page.locator('.close-modal').click();
  }

  /** "Try it out" on one operation. */
  async function execute(id: string, parameters: Readonly<Record<string, string>> = {}, body?: object) {
    const block = operation(id);
    await block.locator('.opblock-summary-control').click();
    for (const [name, value] of Object.entries(parameters)) {
      await block.locator(`input[placeholder="${name}"]`).fill(value);
    }
    if (body !== undefined) await block.locator('textarea.body-param__text').fill(JSON.stringify(body));
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = block.locator('.live-responses-table tr.response');
    await answer.waitFor();
    await answer.scrollIntoViewIfNeeded();
    return {
      status: async () => Number.parseInt(await answer.locator('.response-col_status').innerText(), 10),
      body: async () =>
        JSON.parse(await answer.locator('.highlight-code code').first().innerText()) as unknown,
    };
  }

  async function buySomething(): Promise<void> {
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    const stripe = new Stripe('sk_test_sandbox', { host, port, protocol: 'http', telemetry: false });
    const student = await Student.register(stack.apiUrl);
    await pay(stripe, (await student.checkout()).sessionId);
  }

  const operation = (id: string): Locator => page.locator(`.opblock[id$="-${id}"]`);

  it('signs in, authorises with PKCE and calls operations', async () => {
    await signIn('/docs');
    await operation('listAuditLog').waitFor();
    await person.picture('22-swagger');

    await authorize(['chapters:read']);
    const found = await execute('findUsers', { q: OPERATOR.email });
    expect(await found.status()).toBe(200);
    expect(await found.body()).toMatchObject([{ email: OPERATOR.email, role: 'operator' }]);
    await person.picture('23-answer', SCREEN);

    const act = await execute('replayDeadEvents', {}, { reason: 'trying it out' });
    expect(await act.status()).toBe(200);
    expect(await act.body()).toMatchObject({ dry_run: true });

    const refusal = await execute('explainAccess', { userId: '00000000-0000-4000-8000-000000000000' });
    expect(await refusal.status()).toBe(404);
    expect(await refusal.body()).toMatchObject({ code: 'user_not_found', status: 404 });
    await person.picture('24-error', SCREEN);
  });

  it('stores no token, so a reload asks again', async () => {
    await signIn('/docs');
    await authorize([]);
    expect(await page.evaluate('Object.keys(localStorage).concat(Object.keys(sessionStorage))')).toEqual([]);

    await page.reload();
    const refusal = await execute('listAuditLog');
    expect(await refusal.status()).toBe(401);
  });

  it('renews the token before it expires, from the session of the browser, and stores nothing', async () => {
    await page.clock.install();
    await signIn('/docs');
    await authorize([]);
    const token = () =>
      page.evaluate(`console_ui.authSelectors.authorized().getIn(['oauth', 'token', 'access_token'])`);
    const first = await token();

    await page.clock.fastForward(14 * 60_000);
    await page.waitForFunction(
      `(first) => ![first, undefined].includes(console_ui.authSelectors.authorized().getIn(['oauth', 'token', 'access_token']))`,
      first,
    );

    expect(await (await execute('listAuditLog')).status()).toBe(200);
    expect(await page.evaluate('Object.keys(localStorage).concat(Object.keys(sessionStorage))')).toEqual([]);
  });

  it('drops the token when the browser has signed out', async () => {
    await page.clock.install();
    await signIn('/docs');
    await authorize([]);
    await page.evaluate(`fetch('/sign-out', { method: 'POST', body: new URLSearchParams() })`);

    await page.clock.fastForward(14 * 60_000);
    await page.waitForFunction(`() => console_ui.authSelectors.authorized().get('oauth') === undefined`);
  });

  it('refuses a student', async () => {
    await page.goto(`${stack.apiUrl}/register?return_to=/docs`);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Email address').fill('ada@example.test');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'These pages are for operators' }).waitFor();
    expect(await findPageProblems(page)).toEqual([]);
    await person.picture('25-student');

    await page.getByRole('button', { name: 'Use another account' }).click();
    await page.waitForURL(`${stack.apiUrl}/sign-in?return_to=%2Fdocs`);
  });

  it('shows the queue dashboard', async () => {
    await signIn('/docs/queues');
    if (!HAS_REDIS) {
      expect(await person.heading()).toBe('There is no queue');
      expect(await findPageProblems(page)).toEqual([]);
      return;
    }
    // A worker that stands still leaves a job to look at.
    await stack.kill('worker', 'SIGSTOP');
    try {
      await buySomething();
      await page
        .getByRole('link', { name: /webhooks/ })
        .first()
        .click();
      await page.getByText(JOB_NAME).first().waitFor();
      await person.picture('26-queue');
      await page
        .getByRole('link', { name: /^\d+-[\w-]+$/ })
        .first()
        .click();
      await page.waitForURL(/\/docs\/queues\/queue\/webhooks\/\d+-[\w-]+/);
      await page.getByText(JOB_NAME).first().waitFor();
      await person.picture('27-job');
    } finally {
      await stack.kill('worker', 'SIGCONT');
    }
  });
});
