import { call } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';
import { startStack, type Stack } from '../support/stack';
import { Student } from '../support/student';
import { TEST_ENV } from '../support/test-env';
import { eventually } from '../support/wait';
import { findPageProblems, listTabStops } from './inspect';
import { useVisits } from './visits';

const DECLINED = '4000 0000 0000 0002';
const PAYS = '4242 4242 4242 4242';
const ASKS_THE_BANK = '4000 0027 6000 3184';

// Chromium reports every page with an error status in red; the pages below have one on purpose.
const STATUS_REPORT = /^Failed to load resource: the server responded with a status of 40[24]/;

/** The pages that a student meets, in Chromium, on real processes. */
describe('the payment pages', () => {
  let stack: Stack;
  let sandbox: SandboxControl;
  const { visit } = useVisits(STATUS_REPORT);

  beforeAll(async () => {
    stack = await startStack({ redis: process.env[TEST_ENV.redisUrl] !== undefined });
    sandbox = new SandboxControl(stack.sandboxUrl);
  });
  afterAll(async () => {
    await stack?.stop();
  });

  async function askForLink(): Promise<{ student: Student; shortUrl: string; sessionId: string }> {
    const student = await Student.register(stack.apiUrl);
    const { body } = await student.post('/payments/create-checkout-session');
    return { student, shortUrl: String(body['short_url']), sessionId: String(body['session_id']) };
  }

  const returnUrl = (sessionId: string) => `${stack.apiUrl}/checkout/return?session_id=${sessionId}`;

  describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
    it('leads from a declined card to chapter 4', async () => {
      const { student, shortUrl } = await askForLink();
      const person = await visit(device);
      const { page } = person;

      await page.goto(shortUrl);
      expect(page.url()).toContain(`${stack.sandboxUrl}/c/pay/cs_`);
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('1-payment');

      await person.subscribe(DECLINED);
      const refusal = page.getByRole('alert').filter({ hasText: 'declined' });
      await refusal.waitFor();
      expect(await refusal.innerText()).toContain('Your card was declined');
      expect(page.url()).toContain('/c/pay/cs_');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('2-declined');
      expect((await student.status()).body).toMatchObject({ is_premium: false });
      expect((await student.get('/chapters/chapter-4')).status).toBe(403);

      await person.fillCard(PAYS);
      const paidAt = performance.now();
      await page.getByRole('button', { name: /^Subscribe/ }).click({ noWaitAfter: true });
      const opened = eventually(
        async () => expect((await student.get('/chapters/chapter-4')).status).toBe(200),
        { timeoutMs: 20_000, intervalMs: 5 },
      ).then(() => performance.now() - paidAt);
      await page.getByRole('heading', { name: 'You are premium' }).waitFor();
      const shown = performance.now() - paidAt;
      process.stdout.write(
        `browser, ${device}: click to chapter 4 open ${Math.round(await opened)} ms, to "You are premium" ${Math.round(shown)} ms\n`,
      );
      expect(page.url()).toContain(`${stack.apiUrl}/checkout/return?session_id=cs_`);
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('3-premium');
      expect((await student.status()).body).toMatchObject({ is_premium: true, state: 'active' });

      await page.getByRole('link', { name: 'Go back to ChatGPT' }).click();
      await page.waitForURL('https://chatgpt.com/?payment=success');
      expect(person.left).toEqual(['https://chatgpt.com/?payment=success']);
    });

    it('asks the bank when the card wants it', async () => {
      const { student, shortUrl } = await askForLink();
      const person = await visit(device);

      await person.page.goto(shortUrl);
      await person.subscribe(ASKS_THE_BANK);
      const complete = person.page.getByRole('button', { name: 'Complete authentication' });
      await complete.waitFor();
      expect(await findPageProblems(person.page)).toEqual([]);
      expect(await student.isPremium()).toBe(false);
      await person.picture('4-bank');

      await complete.click();
      await person.page.getByRole('heading', { name: 'You are premium' }).waitFor();
      await eventually(async () => expect(await student.isPremium()).toBe(true));
    });

    it('lets a student leave without paying, and come back', async () => {
      const { student, shortUrl } = await askForLink();
      const person = await visit(device);
      const { page } = person;

      await page.goto(shortUrl);
      await page.getByRole('link', { name: /Cancel/ }).click();
      await page.waitForURL((url) => url.href.startsWith(`${stack.apiUrl}/checkout/cancelled?code=`));
      expect(await person.heading()).toBe('No payment was made');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('5-cancelled');
      expect(await student.isPremium()).toBe(false);

      await page.getByRole('link', { name: 'Return to the payment page' }).click();
      await page.getByLabel('Card number').waitFor();
      await page.goBack();
      await page.getByRole('link', { name: 'Go back to ChatGPT' }).click();
      await page.waitForURL('https://chatgpt.com/?payment=cancelled');
    });

    it('says on the return page of an unpaid session that nothing was paid', async () => {
      const { student, sessionId } = await askForLink();
      const person = await visit(device);

      await person.page.goto(returnUrl(sessionId));
      expect(await person.heading()).toBe('Nothing was paid');
      expect(await findPageProblems(person.page)).toEqual([]);
      await person.picture('6-unpaid');
      expect(await student.isPremium()).toBe(false);
    });

    it('answers unknown and broken links with a page', async () => {
      const person = await visit(device);

      const unknown = await person.page.goto(returnUrl('cs_test_unknown'));
      expect([unknown?.status(), await person.heading()]).toEqual([404, 'We cannot find this page']);
      expect(await findPageProblems(person.page)).toEqual([]);
      await person.picture('7-unknown');
      await person.page.goto(`${stack.apiUrl}/c/unknown-code`);
      expect(await person.heading()).toBe('We cannot find this page');
    });

    it('shows students the course, a sample and the prices, and leads developers further', async () => {
      const person = await visit(device);
      const { page } = person;

      await page.goto(stack.apiUrl);
      expect(await person.heading()).toContain('Generative AI');
      expect(await page.getByText('$9.99').count()).toBe(1);
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('8-front-page');
      await page.getByText('The first section of').click();
      await page.getByRole('heading', { name: 'What generative AI is' }).waitFor();
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('8-front-page-sample');
      await page.getByRole('link', { name: 'For developers' }).click();
      expect(await person.heading()).toBe('Course Companion for developers');
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('8-quickstart');
      await page.getByRole('link', { name: 'Can it serve requests' }).click();
      expect(await person.page.locator('body').innerText()).toContain('"postgres":"up"');
    });
  });

  it('claims nothing while Stripe cannot answer, and finds out by itself when it can', async () => {
    const { student, shortUrl } = await askForLink();
    const person = await visit();
    const { page } = person;

    await page.goto(shortUrl);
    await sandbox.faults({ api: { status: 500 } });
    try {
      await person.subscribe(PAYS);
      await page.getByRole('heading', { name: 'We are confirming your payment' }).waitFor();
      expect(await findPageProblems(page)).toEqual([]);
      await person.picture('9-confirming');
      expect(await student.isPremium()).toBe(false);
    } finally {
      await sandbox.faults({ api: null });
    }
    await page.getByRole('heading', { name: 'You are premium' }).waitFor({ timeout: 40_000 });
    expect(await student.isPremium()).toBe(true);
  });

  it('can be paid with the keyboard alone, and always shows where the focus is', async () => {
    const { shortUrl } = await askForLink();
    const { page } = await visit();

    await page.goto(shortUrl);
    const stops = await listTabStops(page);
    const names = stops.map(({ name }) => name);
    expect(names.slice(1, 6)).toEqual([
      'cardNumber',
      'cardExpiry',
      'cardCvc',
      'billingName',
      'billingCountry',
    ]);
    expect(names[6]).toMatch(/^Subscribe/);
    expect(stops.filter(({ hasVisibleFocus }) => !hasVisibleFocus)).toEqual([]);

    await page.getByLabel('Card number').focus();
    for (const text of ['4242424242424242', '1234', '123', 'Ada Student', '']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are premium' }).waitFor();
    expect(await listTabStops(page)).toEqual([{ name: 'Go back to ChatGPT', hasVisibleFocus: true }]);
  });

  it('is readable in the dark as well', async () => {
    const { sessionId } = await askForLink();
    const person = await visit();
    await person.page.emulateMedia({ colorScheme: 'dark' });

    for (const url of [stack.apiUrl, returnUrl(sessionId), returnUrl('cs_test_unknown')]) {
      await person.page.goto(url);
      expect(await findPageProblems(person.page)).toEqual([]);
    }
    await person.picture('10-dark');
  });

  it('names commands for developers that work as written', async () => {
    const { token } = await Student.register(stack.apiUrl);
    // The reader fills in an id from the list.
    const front = (await call('GET', `${stack.apiUrl}/docs/quickstart`)).text.replaceAll(
      '$CHAPTER',
      'chapter-4',
    );
    const asked = [...front.matchAll(/http:[^ \\]+\/api\/v1\/(?!auth)[\w/-]+/g)].map(([url]) => url);
    const answers = asked.map(async (url) => {
      const method = url.endsWith('create-checkout-session') ? 'POST' : 'GET';
      return [url.split('/').at(-1), (await call(method, url, { token })).status];
    });

    expect(await Promise.all(answers)).toEqual([
      ['chapters', 200],
      ['create-checkout-session', 200],
      ['chapter-4', 403],
    ]);
  });

  it('serves programs the problem document where browsers get a page', async () => {
    const answer = await call('GET', returnUrl('cs_test_unknown'));

    expect([answer.status, answer.body['code']]).toEqual([404, 'checkout_not_found']);
  });
});
