import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { becomePremium, type Purchase } from '../support/purchase';
import { STUDENT_PASSWORD } from '../support/student';

/** The change of plan on the account page: an offer, and its acceptance. */
describe('the plan on the account page', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  async function subscriber(plan = 'monthly'): Promise<Purchase & { browser: Form }> {
    const purchase = await becomePremium(app, { checkout: { plan } });
    const browser = new Form(app.apiUrl);
    const { email } = purchase.student;
    await browser.post('/sign-in', { email, password: STUDENT_PASSWORD, return_to: '/account' });
    return { ...purchase, browser };
  }
  const home = async (browser: Form) => (await browser.get('/account')).body.replaceAll(/\s+/g, ' ');
  const offer = async (browser: Form, plan: string) => {
    const { status, body } = await browser.post('/account/plan/preview', { plan });
    const [, quoteId = ''] = /name="quote_id" value="([^"]+)"/.exec(body) ?? [];
    return { status, body, form: { plan, quote_id: quoteId } };
  };
  const chargesOf = async ({ customerId }: Purchase) =>
    (await app.stripe.charges.list({ customer: customerId })).data.map(({ amount }) => amount);

  it('says the price first, charges exactly that, and once for a double click', async () => {
    const purchase = await subscriber();
    const { browser } = purchase;
    expect(await home(browser)).toContain('Switch to the yearly plan');

    const { body, form } = await offer(browser, 'yearly');
    const [, price = ''] = /Switch and pay \$([\d.]+)/.exec(body) ?? [];
    expect(await chargesOf(purchase)).toEqual([999]);
    const [changed, again] = await Promise.all([
      browser.post('/account/plan', form),
      browser.post('/account/plan', form),
    ]);

    expect([changed.location, again.location]).toEqual(Array(2).fill('/account?done=plan-changed'));
    expect((await chargesOf(purchase)).map((amount) => amount / 100)).toEqual([Number(price), 9.99]);
    const page = await home(browser);
    expect(page).toContain('<dd>Premium, yearly</dd>');
    expect(page).toContain('Switch to the monthly plan');
  });

  it('schedules a shorter plan, shows it, and keeps the present one again', async () => {
    const purchase = await subscriber('yearly');
    const { browser } = purchase;
    const down = await offer(browser, 'monthly');
    expect(down.body).toMatch(/Nothing is charged now.*Switch on \d+ \w+ \d{4}/s);

    const scheduled = await browser.follow(await browser.post('/account/plan', down.form));
    expect(scheduled.body).toContain('Your plan changes when the paid time is over');
    expect(scheduled.body).toMatch(/<dt>Changes to<\/dt><dd>Monthly on \d+ \w+ \d{4}/);
    const keep = await offer(browser, 'yearly');
    const kept = await browser.follow(await browser.post('/account/plan', keep.form));

    expect(keep.body).toContain('Keep the yearly plan?');
    expect(kept.body).toContain('You keep your plan.');
    expect(kept.body).not.toContain('Changes to');
    expect(await chargesOf(purchase)).toEqual([9599]);
  });

  it('says that nothing changed when the payment fails, and leads to the payment', async () => {
    const purchase = await subscriber();
    const { browser, customerId, subscriptionId } = purchase;
    const broken = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customerId,
    });
    await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: broken.id });

    const { body } = await browser.post('/account/plan', (await offer(browser, 'yearly')).form);

    expect(body).toMatch(/Your plan has not changed.*href="\/account\/pay"/s);
    expect(await home(browser)).toContain('<dd>Premium, monthly</dd>');
  });

  it('makes another offer when the offer is too old or unknown, and says why nothing can change', async () => {
    const { browser } = await subscriber();
    const { form } = await offer(browser, 'yearly');
    await app.sql('UPDATE plan_change_quotes SET expires_at = created_at WHERE id = $1', [form.quote_id]);

    const old = await browser.post('/account/plan', form);
    const same = await browser.post('/account/plan/preview', { plan: 'monthly' });
    const unknown = await browser.post('/account/plan', {
      plan: 'yearly',
      quote_id: '00000000-0000-4000-8000-000000000000',
    });

    for (const { status, body } of [old, unknown]) {
      expect([status, body]).toEqual([422, expect.stringContaining('This offer is out of date')]);
      expect(body).toContain('Show the present offer');
    }
    expect([same.status, same.body]).toEqual([422, expect.stringContaining('This plan is already set')]);
  });

  it('offers no change without a subscription', async () => {
    const student = await app.student();
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', {
      email: student.email,
      password: STUDENT_PASSWORD,
      return_to: '/account',
    });

    expect(await home(browser)).not.toContain('/account/plan/preview');
    const { status, body } = await browser.post('/account/plan/preview', { plan: 'yearly' });
    expect([status, body]).toEqual([422, expect.stringContaining('no subscription whose plan could change')]);
  });
});
