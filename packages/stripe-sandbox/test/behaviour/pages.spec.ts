import { Bench } from '../support/harness';

describe('the control, invoice and receipt pages', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const read = async (path: string) => (await fetch(new URL(path, bench.sandbox.url))).text();
  const press = (path: string, fields: Record<string, string>) =>
    bench.submit(`${bench.sandbox.url}/control/${path}`, fields);

  it('show customers, subscriptions and deliveries, and move the clock', async () => {
    const { id } = await bench.subscribe();
    await bench.inbox.waitFor('customer.subscription.created');
    const page = await read('/');
    for (const text of ['ada@example.com', id, 'customer.subscription.created', 'delivered', 'Real time'])
      expect(page).toContain(text);
    expect((await press('clock', { step: 'month' })).status).toBe(303);
    await press('clock', { step: 'day' });
    expect((await bench.stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
    expect(await read('/')).toContain('ahead of real time');
  });

  it.each([
    ['error', 500],
    ['limit', 429],
  ])('switch the API to %s and back', async (action, statusCode) => {
    await press('api', { action });
    expect(await read('/')).toContain(`answered with ${statusCode}`);
    await expect(bench.stripe.products.list({}, { maxNetworkRetries: 0 })).rejects.toMatchObject({
      statusCode,
    });
    await press('api', { action: 'none' });
    expect((await bench.stripe.products.list()).object).toBe('list');
  });

  it('pause, corrupt and resume deliveries', async () => {
    await press('deliveries', { action: 'pause' });
    expect(await read('/')).toContain('held back');
    await press('deliveries', { action: 'resume' });
    await press('deliveries', { action: 'corrupt' });
    expect(await read('/')).toContain('changed after signing');
    await press('deliveries', { action: 'none' });
    await press('deliveries', { action: 'nonsense' });
    expect(await read('/')).toContain('as they come');
  });

  it('show an invoice with its discount, on screen and for print', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 20, duration: 'once', name: 'Spring' });
    const customer = await bench.stripe.customers.create({ invoice_settings: { footer: 'Thank you.' } });
    const { latest_invoice } = await bench.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'price_premium_monthly' }],
      default_payment_method: 'pm_card_visa',
      discounts: [{ coupon: coupon.id }],
    });
    const invoice = await bench.stripe.invoices.retrieve(latest_invoice as string);
    const page = await read(invoice.hosted_invoice_url ?? '');
    for (const text of ['$9.99', 'Spring', '-$2.00', '$7.99', 'Thank you.']) expect(page).toContain(text);
    expect(page).not.toContain('print()');
    expect(await read(invoice.invoice_pdf ?? '')).toContain('print()');
    const { data } = await bench.stripe.charges.list({ customer: customer.id });
    expect(await read(data[0]?.receipt_url ?? '')).toContain('$7.99 paid');
    for (const path of ['/i/in_none', '/receipts/ch_none', '/authenticate/pi_none'])
      expect((await fetch(new URL(path, bench.sandbox.url))).status).toBe(path.startsWith('/a') ? 200 : 404);
  });
});
