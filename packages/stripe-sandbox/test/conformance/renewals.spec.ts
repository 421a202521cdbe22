import { DAY, HOUR, itemOf, latestOf, Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

const isoDay = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

describe('renewals', () => {
  let scene: Scene;
  afterEach(() => scene.close());

  it('start the period first and charge about an hour later', async () => {
    scene = await Scene.open();
    const { id } = await scene.subscribe();
    const end = itemOf(await scene.current(id)).current_period_end;
    await scene.advanceTo(end + HOUR / 4);
    const rolled = await scene.current(id);
    expect(itemOf(rolled).current_period_start).toBe(end);
    expect(rolled.status).toBe('active');
    expect(latestOf(rolled)).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle' });
    await scene.advanceTo(end + 2 * HOUR);
    const paid = await scene.current(id);
    expect(latestOf(paid)).toMatchObject({ status: 'paid', amount_paid: 1000 });
    await scene.event('invoice.finalized', latestOf(paid).id);
    await scene.event('invoice.paid', latestOf(paid).id);
  });

  it('follow each other without a gap, each with an invoice', async () => {
    scene = await Scene.open();
    const { id } = await scene.subscribe();
    await scene.advanceTo(scene.clock.frozen_time + 95 * DAY);
    const invoices = await scene.invoices(id);
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid', 'paid']);
    const periods = invoices.map((invoice) => invoice.lines.data[0]?.period);
    for (const [i, period] of periods.slice(1).entries()) expect(period?.start).toBe(periods[i]?.end);
  });

  it('return to the 31st after shorter months', async () => {
    scene = await Scene.open(Date.UTC(2027, 0, 31, 12) / 1000);
    const { id } = await scene.subscribe();
    await scene.advanceTo(Date.UTC(2027, 4, 1) / 1000);
    const starts = (await scene.invoices(id)).map((invoice) => invoice.lines.data[0]?.period.start ?? 0);
    expect(starts.map(isoDay)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
  });

  it('keep the 29th of February for leap years', async () => {
    scene = await Scene.open(Date.UTC(2028, 1, 29, 12) / 1000);
    const { id } = await scene.subscribe({ items: [{ price: scene.prices.yearly.id }] });
    expect(isoDay(itemOf(await scene.current(id)).current_period_end)).toBe('2029-02-28');
  });
});
