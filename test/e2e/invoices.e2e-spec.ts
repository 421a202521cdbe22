import { TestApp } from '../support/app';
import { Form } from '../support/form';
import { becomePremium } from '../support/purchase';
import { SandboxControl } from '../support/sandbox-control';
import { STUDENT_PASSWORD, type Student } from '../support/student';
import { eventually } from '../support/wait';

interface Invoice {
  readonly id: string;
  readonly status: string;
  readonly pdf_url: string;
  readonly receipt_url?: string;
  readonly pay_url?: string;
}

describe('listInvoices', () => {
  let app: TestApp;
  let sandbox: SandboxControl;

  beforeAll(async () => {
    app = await TestApp.start();
    sandbox = new SandboxControl(app.sandbox.url);
  });
  afterEach(() => sandbox.faults({ api: null }));
  afterAll(() => app.stop());

  const list = async (student: Student, query = '') => {
    const { status, body } = await student.get(`/payments/invoices${query}`);
    expect(status).toBe(200);
    return { ...body, invoices: body['invoices'] as Invoice[] };
  };
  const signIn = async ({ email }: Student): Promise<Form> => {
    const browser = new Form(app.apiUrl);
    await browser.post('/sign-in', { email, password: STUDENT_PASSWORD });
    return browser;
  };
  const pathOf = (url = '') => new URL(url).pathname;

  it('shows what was paid, what comes next, and links that need sign-in', async () => {
    const { student, invoiceId } = await becomePremium(app);
    const { invoices, upcoming } = (await list(student)) as Awaited<ReturnType<typeof list>> & {
      upcoming: object;
    };

    expect(invoices).toEqual([
      expect.objectContaining({
        id: invoiceId,
        status: 'paid',
        total_minor: 999,
        paid_minor: 999,
        due_minor: 0,
        currency: 'usd',
        pdf_url: `${app.apiUrl}/account/invoices/${invoiceId}/pdf`,
        receipt_url: `${app.apiUrl}/account/invoices/${invoiceId}/receipt`,
      }),
    ]);
    expect(upcoming).toMatchObject({
      amount_minor: 999,
      charged_at: (await student.status()).body['current_period_end'],
    });
    expect(JSON.stringify(invoices)).not.toContain(app.sandbox.url);
    const pdf = pathOf(invoices[0]?.pdf_url);
    expect((await new Form(app.apiUrl).get(pdf)).location).toContain('/sign-in');
    const browser = await signIn(student);
    for (const path of [pdf, pathOf(invoices[0]?.receipt_url)]) {
      const { status, location } = await browser.get(path);
      expect([status, location]).toEqual([200, expect.stringContaining(app.sandbox.url)]);
      expect((await fetch(location ?? '')).status).toBe(200);
    }
  });

  it('pages by a cursor, each invoice once', async () => {
    const { student } = await becomePremium(app);
    for (let month = 0; month < 4; month++) await sandbox.advanceDays(31);
    const all = await eventually(async () => {
      const { invoices } = await list(student, '?limit=50');
      expect(invoices).toHaveLength(5);
      return invoices.map(({ id }) => id);
    });

    const seen: string[] = [];
    for (let query = '?limit=2'; query !== '';) {
      const page = (await list(student, query)) as Awaited<ReturnType<typeof list>> & {
        next_cursor?: string;
      };
      seen.push(...page.invoices.map(({ id }) => id));
      query = page.next_cursor === undefined ? '' : `?limit=2&cursor=${page.next_cursor}`;
    }

    expect(seen).toEqual(all);
  });

  it('leads from an open invoice to the page where it is paid', async () => {
    const { student, customerId, subscriptionId } = await becomePremium(app);
    const { id } = await app.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customerId,
    });
    await app.stripe.subscriptions.update(subscriptionId, { default_payment_method: id });
    await sandbox.advanceDays(32);

    const [newest] = (await list(student)).invoices;

    expect(newest).toMatchObject({ status: 'open', due_minor: 999, pay_url: `${app.apiUrl}/account/pay` });
  });

  it('is empty for a student without a customer', async () => {
    expect(await list(await app.student())).toEqual({ invoices: [] });
  });

  it('shows no invoice of another student', async () => {
    const mine = await becomePremium(app);
    const other = await becomePremium(app);
    const browser = await signIn(other.student);
    const stolen = await other.student.get(`/payments/invoices?cursor=${mine.invoiceId}`);

    expect([stolen.status, stolen.body['code']]).toEqual([404, 'invoice_not_found']);
    for (const page of ['pdf', 'receipt']) {
      expect((await browser.get(`/account/invoices/${mine.invoiceId}/${page}`)).status).toBe(404);
    }
    expect((await browser.get('/account/invoices/in_unknown/pdf')).status).toBe(404);
  });

  it.each(['?limit=0', '?limit=51', '?limit=x', '?cursor=x'])('refuses %s', async (query) => {
    expect((await (await app.student()).get(`/payments/invoices${query}`)).status).toBe(400);
  });

  it('answers 503 while Stripe is down, never an empty list', async () => {
    const { student } = await becomePremium(app);
    await sandbox.faults({ api: { status: 500 } });

    expect((await student.get('/payments/invoices')).status).toBe(503);
  });
});
