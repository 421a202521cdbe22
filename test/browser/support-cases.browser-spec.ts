import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { OperatorAccountsService } from '../../src/modules/accounts';
import { TestApp } from '../support/app';
import { findPageProblems } from './inspect';
import { GRACE_DAYS, SupportCases, type SupportCase } from './support-cases';
import type { Device, Visit } from './visit';
import { useVisits } from './visits';

const PASSWORD = `a wrench of brass ${randomBytes(9).toString('hex')}`;
const EMAIL = 'operator@example.test';
/** A page load or a submit. */
const MOST_STEPS = 3;

const CAUSES = [
  'event_dead',
  'pays_elsewhere',
  'unmatched_customer',
  'payment_failed_grace',
  'grace_over',
  'refunded',
  'disputed',
  'canceled',
  'two_subscriptions',
  'grant_expired',
];

describe('an operator who answers the emails of a night', () => {
  const { visit } = useVisits(/^Failed to load resource: the server responded with a status of 404/);
  let app: TestApp;
  let cases: readonly SupportCase[] = [];

  beforeAll(async () => {
    app = await TestApp.start({
      env: { PAST_DUE_GRACE_DAYS: String(GRACE_DAYS), WEBHOOK_MAX_ATTEMPTS: '1' },
    });
    await app.web
      .get(OperatorAccountsService, { strict: false })
      .ensure({ email: EMAIL, password: PASSWORD });
    cases = await new SupportCases(app).make();
  }, 150_000);
  afterAll(() => app.stop());

  async function signIn(device?: Device): Promise<Visit> {
    const person = await visit(device);
    await person.page.goto(`${app.apiUrl}/ops`);
    await person.page.getByLabel('Email address').fill(EMAIL);
    await person.page.getByLabel('Password').fill(PASSWORD);
    await person.page.getByRole('button', { name: 'Sign in' }).click();
    await person.page.waitForURL(`${app.apiUrl}/ops`);
    return person;
  }

  async function search(page: Page, text: string): Promise<void> {
    await page.getByLabel('Search customers').fill(text);
    await page.getByRole('button', { name: 'Search' }).click();
  }

  const findings = (page: Page): Promise<string[]> =>
    page
      .locator('[data-finding]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-finding') ?? ''));

  it.each(CAUSES)('names the cause in at most three steps: %s', async (cause) => {
    const asked = cases.find((one) => one.cause === cause);
    const { page } = await signIn();
    let steps = 1;
    await search(page, asked?.search ?? '');
    if ((await findings(page)).length === 0) {
      steps += 1;
      await page
        .getByRole('link', { name: asked?.search ?? '' })
        .first()
        .click();
    }

    const named = await findings(page);

    const causes = named.filter((code) => CAUSES.includes(code));
    expect([asked?.mail, causes]).toEqual([asked?.mail, [cause]]);
    expect(steps).toBeLessThanOrEqual(MOST_STEPS);
  });

  it.each(['desktop', 'phone'] as const)('shows every page readably on a %s', async (device) => {
    const person = await signIn(device);
    const { page } = person;
    const refunded = cases.find(({ cause }) => cause === 'refunded')?.search ?? '';
    const shown: [name: string, path: string][] = [
      ['60-today', '/ops'],
      ['61-search', '/ops/search?q=example.test'],
      ['62-customer', `/ops/search?q=${encodeURIComponent(refunded)}`],
      ['63-inbox', '/ops/inbox'],
      ['64-list', '/ops/lists/past_due'],
      ['65-tasks', '/ops/tasks'],
      ['69-revenue', '/ops/revenue'],
      ['71-drift', '/ops/drift'],
      ['70-operators', '/ops/operators'],
      ['66-unmatched', `/ops/search?q=${cases.find(({ cause }) => cause === 'unmatched_customer')?.search}`],
      ['67-dead', '/ops/inbox?status=dead'],
    ];

    for (const [name, path] of shown) {
      await page.goto(`${app.apiUrl}${path}`);
      await person.picture(`${name}`);
      expect([path, await findPageProblems(page)]).toEqual([path, []]);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect([path, overflow]).toEqual([path, 0]);
    }
    await page.locator('a[href^="/ops/inbox/"]').first().click();
    await person.picture('68-event');
    expect(await findPageProblems(page)).toEqual([]);
  });
});
