import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { SandboxControl } from '../support/sandbox-control';
import { pay, STUDENT_PASSWORD, type Student } from '../support/student';
import { eventually } from '../support/wait';

/** The account page is the home of the student: what the API says, with buttons that do what its operations do. */
describe('the home of a student', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterAll(() => app.stop());

  async function signIn(student: Student): Promise<Form> {
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', {
      email: student.email,
      password: STUDENT_PASSWORD,
      return_to: '/account',
    });
    return browser;
  }
  const home = async (browser: Form) => (await browser.get('/account')).body.replaceAll(/\s+/g, ' ');

  async function subscriber(): Promise<{ student: Student; browser: Form }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 10_000 });
    return { student, browser: await signIn(student) };
  }

  it('sells premium to a free student through a payment page of ours and Stripe', async () => {
    const student = await app.student();
    const browser = await signIn(student);
    expect(await home(browser)).toMatch(
      /<dt>Plan<\/dt><dd>Free<\/dd>.*Get premium, monthly, \$9\.99 a month/,
    );

    const { status, body } = await browser.post('/account/subscription/buy', { plan: 'yearly' });

    expect(status).toBe(200);
    const [, path = ''] = /href="(\/c\/[^"]+)"/.exec(body) ?? [];
    expect((await browser.get(path)).location).toContain('/c/pay/');
    expect((await student.status()).body).toMatchObject({ state: 'pending' });
  });

  it('shows plan, next charge, card and invoice of a subscriber', async () => {
    const { browser } = await subscriber();

    const page = await home(browser);

    expect(page).toContain('<dd>Premium, monthly</dd>');
    expect(page).toMatch(/<dt>Next charge<\/dt><dd>\d+ \w+ \d{4}, \$9\.99 before discounts and tax<\/dd>/);
    expect(page).toContain('<dd>Visa ending in 4242</dd>');
    expect(page).toMatch(/\$9\.99, paid/);
    expect(page).not.toMatch(/stripe/i);
  });

  it('says what cancelling means before it cancels, and resumes', async () => {
    const { student, browser } = await subscriber();
    const { body: question } = await browser.get('/account/subscription/cancel');
    expect(question).toMatch(/Premium stays open until \d+ \w+ \d{4}/);
    expect((await student.status()).body).toMatchObject({ state: 'active' });

    const canceled = await browser.follow(await browser.post('/account/subscription/cancel', {}));

    expect(canceled.body).toContain('The subscription is canceled. It does not renew.');
    expect(canceled.body).toContain('Premium, canceled, monthly');
    expect(canceled.body).toMatch(/If you resume it, the subscription renews: \d+ \w+ \d{4}, \$9\.99 before/);
    expect((await student.status()).body).toMatchObject({ state: 'canceling' });
    expect((await browser.get('/account/subscription/cancel')).body).toContain('Nothing to cancel');
    const resumed = await browser.follow(await browser.post('/account/subscription/resume', {}));
    expect(resumed.body).toContain('The subscription renews again.');
    expect((await student.status()).body).toMatchObject({ state: 'active' });
  });

  it('leads to the payment of a failed renewal', async () => {
    const { student, browser } = await subscriber();
    const id = String((await student.status()).body['subscription_id']);
    const { customer } = await app.stripe.subscriptions.retrieve(id);
    const method = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: String(customer),
    });
    await app.stripe.subscriptions.update(id, { default_payment_method: method.id });
    await sandbox.advanceDays(32);
    await eventually(async () => expect((await student.status()).body).toMatchObject({ state: 'past_due' }), {
      timeoutMs: 15_000,
    });

    expect(await home(browser)).toMatch(/We could not charge your card\. <a href="\/account\/pay">/);
  });

  it('sends a refund request, and shows it again with the reason when it is rejected', async () => {
    const { browser } = await subscriber();
    const [, path = ''] = /href="(\/account\/refund\?invoice=[^"]+)"/.exec(await home(browser)) ?? [];
    const invoice = new URLSearchParams(path.split('?')[1]).get('invoice') ?? '';
    expect((await browser.get(path)).body).toContain('A person decides');

    const rejected = await browser.post('/account/refund', { invoice, reason: '' });
    expect([rejected.status, rejected.body.includes('aria-invalid')]).toEqual([422, true]);
    const sent = await browser.follow(
      await browser.post('/account/refund', { invoice, reason: '<b>No</b>' }),
    );

    expect(sent.body).toContain('We received your refund request');
    expect(sent.body).toContain('Refund requested');
    expect((await browser.post('/account/refund', { invoice, reason: 'again' })).body).toContain(
      'requested already',
    );
  });

  it('changes the name, and says what is wrong with one', async () => {
    const student = await app.student();
    const browser = await signIn(student);

    const wrong = await browser.post('/account/name', { full_name: '\u200B' });
    expect([wrong.status, wrong.body]).toEqual([
      422,
      expect.stringContaining('must have a visible character'),
    ]);
    const changed = await browser.follow(
      await browser.post('/account/name', { full_name: 'Grace <Hopper>' }),
    );

    expect(changed.body).toContain('Grace &lt;Hopper&gt;');
    expect((await student.get('/auth/me')).body).toMatchObject({ full_name: 'Grace <Hopper>' });
  });

  it('shows progress and streak, and what is missing for the certificate', async () => {
    const student = await app.student();
    const { body } = await student.get('/chapters/chapter-1');
    const [section] = body['sections'] as { id: string }[];
    await student.post(`/progress/sections/${section?.id}/complete`);
    const browser = await signIn(student);

    expect(await home(browser)).toMatch(/<dt>Streak<\/dt><dd>1 day, longest 1 day<\/dd>.*1 of \d+ sections/);
    const certificate = await browser.get('/account/certificate');
    expect([certificate.status, certificate.body]).toEqual([
      422,
      expect.stringContaining('Complete all sections'),
    ]);
  });
});
