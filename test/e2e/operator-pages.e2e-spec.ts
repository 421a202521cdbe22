import { createHash } from 'node:crypto';
import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { Operator } from '../support/operator';
import { operatorBrowser } from '../support/operator-browser';
import { pay, STUDENT_PASSWORD, type Student } from '../support/student';
import { eventually } from '../support/wait';

/** What a page says: its text without markup. */
const textOf = (html: string) =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe("the operators' pages", () => {
  let app: TestApp;
  let browser: Form;

  beforeAll(async () => {
    app = await TestApp.start();
    ({ browser } = await operatorBrowser(app));
  });
  afterAll(() => app.stop());

  async function subscriber(): Promise<Student> {
    const student = await app.student();
    await pay(app.stripe, (await student.checkout()).sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 8000 });
    return student;
  }
  const page = async (path: string) => {
    const { status, body } = await browser.get(path);
    return { status, text: textOf(body), body };
  };
  const customerOf = async ({ id }: Student) => {
    const [user] = await app.sql<{ customer: string }>(
      'SELECT stripe_customer_id AS customer FROM users WHERE id = $1',
      [id],
    );
    return user?.customer ?? '';
  };

  const PAGES = ['/ops', '/ops/search?q=ada', '/ops/inbox'];

  it.each(PAGES)('sends a visitor of %s to the sign-in page and back', async (path) => {
    const { status, location } = await new Form(app.apiUrl).get(path);

    expect([status, location]).toEqual([303, `/sign-in?return_to=${encodeURIComponent(path)}`]);
  });

  it.each(PAGES)('refuses %s to a student', async (path) => {
    const student = await app.student();
    const visitor = new Form(app.apiUrl);
    await visitor.post('/sign-in', { email: student.email, password: STUDENT_PASSWORD });

    const { status, body } = await visitor.get(path);

    expect([status, textOf(body)]).toEqual([403, expect.stringContaining('for operators')]);
    expect(body).not.toContain('Inbox');
  });

  it('runs no scripts and only its own style', async () => {
    const { headers, body } = await browser.get('/ops');

    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';style-src 'sha256-[^']+';img-src 'self' data:;base-uri 'none';form-action 'self';frame-ancestors 'none'$/,
    );
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
    expect(body).not.toMatch(/<script|javascript:|onclick| style=/i);
  });

  it('finds a customer by a part of the address, by every id, and by an event', async () => {
    const student = await subscriber();
    const [found] = await app.sql<
      Record<'sub' | 'session' | 'event' | 'invoice' | 'intent' | 'charge', string>
    >(
      `SELECT s.id AS sub, c.stripe_session_id AS session, e.event_id AS event,
         p.invoice_id AS invoice, p.payment_intent_id AS intent, p.charge_id AS charge
       FROM subscriptions s JOIN checkout_sessions c USING (user_id) JOIN webhook_events e ON e.subject_id = s.customer_id
         JOIN payments p ON p.user_id = s.user_id AND p.status = 'paid'
       WHERE s.user_id = $1 LIMIT 1`,
      [student.id],
    );
    const queries = [
      student.email.slice(8, 20),
      student.id,
      await customerOf(student),
      found?.sub ?? '',
      found?.session ?? '',
      found?.invoice ?? '',
      found?.intent ?? '',
      found?.charge ?? '',
      found?.event ?? '',
    ];

    for (const query of queries) {
      const { location } = await browser.get(`/ops/search?q=${encodeURIComponent(query)}`);
      expect([query, location]).toEqual([query, `/ops/customers/${student.id}`]);
    }
  });

  it('lists several matches with their access, and takes wildcards literally', async () => {
    const [one, other] = [await app.student(), await app.student()];

    const { text } = await page('/ops/search?q=example.test');

    expect(text).toContain(one.email);
    expect(text).toContain(other.email);
    expect((await page('/ops/search?q=%25%25%25')).text).toContain('Nothing matches');
    expect((await page('/ops/search?q=___')).text).toContain('Nothing matches');
    expect((await page('/ops/search?q=ab')).status).toBe(400);
  });

  it('finds payers by the last four digits of their card', async () => {
    const student = await app.student();
    await pay(app.stripe, (await student.checkout()).sessionId, 'tok_amex');
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 8000 });
    const [payment] = await app.sql<{ digits: string }>(
      'SELECT card_last4 AS digits FROM payments WHERE user_id = $1',
      [student.id],
    );

    expect(payment?.digits).toMatch(/^[0-9]{4}$/);
    expect((await browser.get(`/ops/search?q=${payment?.digits}`)).location).toBe(
      `/ops/customers/${student.id}`,
    );
  });

  it('lists who needs a person, and counts them on the first page', async () => {
    const student = await subscriber();
    await student.post('/payments/cancel-subscription');
    const lists = [
      'past_due',
      'losing_access',
      'newest_premium',
      'two_subscriptions',
      'disputes',
      'unmatched_payments',
    ];
    for (const name of lists) expect([name, (await page(`/ops/lists/${name}`)).status]).toEqual([name, 200]);
    // The events of the cancellation cause syncs, which write the date of Stripe again.
    await eventually(async () => {
      await app.sql(`UPDATE subscriptions SET cancel_at = now() + interval '3 days' WHERE user_id = $1`, [
        student.id,
      ]);
      expect((await page('/ops/lists/losing_access')).text).toMatch(
        new RegExp(`${student.email}.*subscription ends`),
      );
    });
    expect((await page('/ops/lists/newest_premium')).text).toContain(student.email);
    expect((await page('/ops')).text).toMatch(/[1-9]\d* losing access in 7 days/);
    expect((await page('/ops/lists/nothing')).status).toBe(400);
  });

  it('shows revenue as numbers, plots and CSV, equal to the API', async () => {
    await subscriber();
    const operator = await Operator.signIn(app);
    const { body } = await operator.get('/revenue');
    const now = (
      body['months'] as { mrr: number; active_customers: number; gross: number; net: number }[]
    ).at(-1);

    const { text } = await page('/ops/revenue');
    const csv = await browser.get('/ops/revenue.csv');

    expect(now?.mrr).toBeGreaterThanOrEqual(999);
    expect(now?.mrr).toBe(999 * (now?.active_customers ?? 0));
    expect(now?.net).toBeLessThan(now?.gross ?? 0);
    expect(text).toContain(`$${((now?.mrr ?? 0) / 100).toFixed(2)} MRR`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = csv.body.trim().split('\r\n');
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)?.split(',')[1]).toBe(String(now?.mrr));
  });

  it('shows what differs from Stripe, and repairs it by a sync', async () => {
    const student = await subscriber();
    const customer = await customerOf(student);
    await app.sql(`UPDATE subscriptions SET status = 'unpaid' WHERE customer_id = $1`, [customer]);
    await app.sql(
      `INSERT INTO drift_findings (kind, customer_id, subscription_id, user_id, here, there)
       SELECT 'status', customer_id, id, user_id, 'unpaid', 'active' FROM subscriptions WHERE customer_id = $1`,
      [customer],
    );
    expect((await page('/ops')).text).toContain('1 differ from Stripe');
    expect((await page('/ops/drift')).text).toMatch(new RegExp(`${customer} sub_\\w+ unpaid active`));

    const { location } = await browser.post('/ops/drift/repair', { reason: 'found by the sweep' });

    expect(location).toBe('/ops/drift');
    expect((await page('/ops/drift')).text).toContain('Nothing differs');
    expect(await student.isPremium()).toBe(true);
    expect(await app.sql(`SELECT 1 FROM audit_log WHERE action = 'repair_drift'`)).toHaveLength(1);
    await browser.post('/ops/drift/repair', { reason: 'again' });
    expect(await app.sql(`SELECT 1 FROM audit_log WHERE action = 'repair_drift'`)).toHaveLength(1);
  });

  it('says of a customer that belongs to no account what it is', async () => {
    const stranger = await app.stripe.customers.create({ email: 'stranger@example.test' });

    const { text } = await page(`/ops/search?q=${stranger.id}`);

    expect(text).toContain(`Stripe customer ${stranger.id} belongs to no account`);
  });

  it('explains access in words, with money, timeline and the last cause', async () => {
    const student = await subscriber();

    const { text } = await page(`/ops/customers/${student.id}`);

    expect(text).toMatch(/Has access: paid until \d+ \w+ \d{4}/);
    expect(text).toContain('customer.subscription.created');
    expect(text).toContain('none → active');
    expect(text).toMatch(/Last change of access .* webhook evt_/);
    expect((await page('/ops/customers/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('syncs, grants and revokes with a reason that the audit log keeps', async () => {
    const student = await app.student();
    await student.checkout();
    const base = `/ops/customers/${student.id}`;

    const synced = await browser.post(`${base}/sync`, { reason: 'the customer wrote' });
    const granted = await browser.post(`${base}/grants`, { reason: 'an apology', ends_on: '2099-01-01' });

    expect([synced.location, granted.location]).toEqual([`${base}?done=synced`, `${base}?done=granted`]);
    expect((await page(`${base}?done=granted`)).text).toContain('Has access: complimentary until 1 Jan 2099');
    const [grant] = await app.sql<{ id: string }>('SELECT id FROM grants WHERE user_id = $1', [student.id]);
    await browser.post(`${base}/grants/${grant?.id}/revoke`, { reason: 'by mistake' });
    expect((await page(base)).text).toContain('No access');
    const log = await app.sql('SELECT action, reason FROM audit_log WHERE user_id = $1 ORDER BY id', [
      student.id,
    ]);
    expect(log).toEqual([
      { action: 'sync_user', reason: 'the customer wrote' },
      { action: 'grant_access', reason: 'an apology' },
      { action: 'revoke_grant', reason: 'by mistake' },
    ]);
  });

  it('grants access to a customer who pays only after a confirmation', async () => {
    const student = await subscriber();
    const path = `/ops/customers/${student.id}/grants`;

    const refused = await browser.post(path, { reason: 'an apology' });

    expect([refused.status, textOf(refused.body)]).toEqual([
      409,
      expect.stringContaining('has access by paying'),
    ]);
    expect(await app.sql('SELECT 1 FROM grants WHERE user_id = $1', [student.id])).toEqual([]);
    expect((await browser.post(path, { reason: 'an apology', confirm: 'yes' })).status).toBe(303);
  });

  it('accepts no act without a reason, and none that another site posted', async () => {
    const student = await app.student();
    const path = `/ops/customers/${student.id}/grants`;

    const without = await browser.post(path, { reason: ' ' });
    const foreign = await browser.post(path, { reason: 'a trick' }, { 'sec-fetch-site': 'cross-site' });

    expect([without.status, foreign.status]).toEqual([400, 403]);
    expect(await app.sql('SELECT 1 FROM grants WHERE user_id = $1', [student.id])).toEqual([]);
  });

  it('shows the inbox by filter, an event with its payload, and refuses a replay that would do nothing', async () => {
    const student = await subscriber();
    const customer = await customerOf(student);

    const { text, body } = await page(`/ops/inbox?status=processed&customer_id=${customer}&type=&since=`);

    expect(text).toContain('customer.subscription.created');
    const id = /\/ops\/inbox\/(\d+)/.exec(body)?.[1] ?? '';
    expect((await page(`/ops/inbox/${id}`)).text).toContain(customer);
    const replay = await browser.post(`/ops/inbox/${id}/replay`, { reason: 'to be sure' });
    expect([replay.status, textOf(replay.body)]).toEqual([
      409,
      expect.stringContaining('has been processed'),
    ]);
    expect((await page('/ops/inbox/999999999')).status).toBe(404);
  });

  it('requeues a dead event', async () => {
    const student = await subscriber();
    await app.sql(
      `UPDATE webhook_events SET status = 'dead', last_error = 'Error: broken' WHERE id = (
         SELECT max(id) FROM webhook_events WHERE subject_id = $1 AND status = 'processed')`,
      [await customerOf(student)],
    );
    expect((await page(`/ops/customers/${student.id}`)).text).toContain(
      'A Stripe event failed and was given up',
    );
    const { text, body } = await page('/ops/inbox?status=dead');
    expect(text).toContain('Error: broken');
    const id = /\/ops\/inbox\/(\d+)/.exec(body)?.[1] ?? '';

    const { location } = await browser.post(`/ops/inbox/${id}/replay`, { reason: 'the cause is fixed' });

    expect(location).toBe(`/ops/inbox/${id}?done=replayed`);
    await eventually(async () => expect((await page(`/ops/inbox/${id}`)).text).toContain('processed'));
  });

  it('shows each failed attempt, and ignores and replays a dead event', async () => {
    const student = await subscriber();
    const [event] = await app.sql<{ id: string }>(
      `UPDATE webhook_events SET status = 'dead' WHERE id = (
         SELECT max(id) FROM webhook_events WHERE subject_id = $1 AND status = 'processed') RETURNING id`,
      [await customerOf(student)],
    );
    await app.sql(
      `INSERT INTO event_attempts (webhook_event_id, counts_as, processed_by, error) VALUES ($1, 'attempt', 'bull', 'Error: 42')`,
      [event?.id],
    );
    const path = `/ops/inbox/${event?.id}`;

    expect((await page(path)).text).toMatch(/attempt Error: 42 none: it was the last/);
    expect((await browser.post(`${path}/ignore`, { reason: 'a test event' })).location).toBe(
      `${path}?done=ignored`,
    );
    expect((await page(path)).text).toContain('ignored by operator');
    expect((await browser.post(`${path}/ignore`, { reason: 'again' })).status).toBe(409);
    expect((await browser.post(`${path}/replay`, { reason: 'needed after all' })).status).toBe(303);
    await eventually(async () => expect((await page(path)).text).toContain('The event is processed'));
  });

  it('shows what a replay of a filter would change, changes nothing, and then replays', async () => {
    const student = await subscriber();
    const customer = await customerOf(student);
    // As if the events of the payment had not been understood: the row of the subscription is wrong.
    await app.sql(`UPDATE subscriptions SET status = 'canceled', ended_at = now() WHERE customer_id = $1`, [
      customer,
    ]);
    await app.sql(`UPDATE subscriptions SET status = 'unpaid' WHERE customer_id = $1`, [customer]);
    const form = {
      reason: 'the night of the bug',
      status: 'processed',
      customer_id: customer,
      type: '',
      since: '',
    };
    const log = () => app.sql(`SELECT 1 FROM audit_log WHERE action = 'replay_webhook_events'`);

    const dry = textOf((await browser.post('/ops/inbox/replay', { ...form, act: 'dry_run' })).body);

    expect(dry).toMatch(/expired: unpaid active: paid changes/);
    expect(await student.isPremium()).toBe(false);
    expect(await log()).toEqual([]);
    const replayed = textOf((await browser.post('/ops/inbox/replay', { ...form, act: 'replay' })).body);
    expect(replayed).toContain('Events are queued again');
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 8000 });
    expect(await log()).toHaveLength(1);
  });

  it('escapes what a customer can choose', async () => {
    const student = await app.student();
    const evil = `<img src=x onerror=alert(1)>`;
    await app.sql('UPDATE users SET full_name = $2 WHERE id = $1', [student.id, evil]);

    const { body } = await page(`/ops/customers/${student.id}`);

    expect(body).not.toContain(evil);
    expect(body).toContain('&lt;img src=x');
  });
});
