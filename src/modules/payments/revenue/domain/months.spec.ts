import fc from 'fast-check';
import { estimateFee, lastMonths, revenueByMonth } from './months';
import { monthsOf } from './recurring';
import type { RevenueFacts, SoldLine } from './revenue-facts';

const DAY = 86_400_000;
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const RUNS = Number(process.env['REVENUE_HISTORIES'] ?? 300);

const line = (change: Partial<SoldLine> = {}): SoldLine => ({
  subscriptionId: 'sub_1',
  customerId: 'cus_1',
  paidAt: day('2026-01-10'),
  periodStart: day('2026-01-10'),
  periodEnd: day('2026-02-10'),
  amountMinor: 999,
  endedAt: null,
  ...change,
});
const facts = (change: Partial<RevenueFacts>): RevenueFacts => ({
  lines: [],
  payments: [],
  refunds: [],
  disputes: [],
  ...change,
});
const only = (given: RevenueFacts, now: string) => revenueByMonth(given, day(now), 1)[0];

/** The same numbers by another way: day by day events per subscription, without maps of lines. */
function recompute(lines: readonly SoldLine[], at: number): { mrr: number; customers: Map<string, number> } {
  const customers = new Map<string, number>();
  for (const id of new Set(lines.map(({ subscriptionId }) => subscriptionId))) {
    const sold = lines
      .filter((one) => one.subscriptionId === id)
      .filter(({ paidAt, periodStart }) => paidAt <= at && periodStart <= at)
      .filter(({ periodEnd, endedAt }) => at < Math.min(periodEnd, endedAt ?? Infinity))
      .toSorted((a, b) => b.periodStart - a.periodStart);
    const [latest] = sold;
    if (latest === undefined) continue;
    const days = (latest.periodEnd - latest.periodStart) / DAY;
    const monthly = Math.round(latest.amountMinor / (days > 300 ? 12 : 1));
    if (monthly > 0) customers.set(latest.customerId, (customers.get(latest.customerId) ?? 0) + monthly);
  }
  return { mrr: [...customers.values()].reduce((a, b) => a + b, 0), customers };
}

/** A subscription that renews monthly or yearly, may change its plan, be discounted, skip a payment and end. */
const history = fc
  .record({
    id: fc.nat(10_000),
    customer: fc.nat(40),
    start: fc.nat(700),
    price: fc.integer({ min: 0, max: 20_000 }),
    yearly: fc.boolean(),
    renewals: fc.integer({ min: 1, max: 14 }),
    discount: fc.integer({ min: 0, max: 100 }),
    late: fc.nat(5),
    ends: fc.option(fc.nat(900)),
    upgradeAt: fc.option(fc.nat(25)),
  })
  .map(({ id, customer, start, price, yearly, renewals, discount, late, ends, upgradeAt }) => {
    const length = (yearly ? 365 : 30) * DAY;
    const origin = day('2024-01-01') + start * DAY;
    const amountMinor = Math.round((price * (100 - discount)) / 100);
    const endedAt = ends === null ? null : origin + ends * DAY;
    const base = { subscriptionId: `sub_${id}_${start}`, customerId: `cus_${customer}`, endedAt };
    const lines = Array.from({ length: renewals }, (_, index): SoldLine => {
      const periodStart = origin + index * length;
      return {
        ...base,
        periodStart,
        periodEnd: periodStart + length,
        paidAt: periodStart + late * DAY,
        amountMinor,
      };
    });
    if (upgradeAt === null) return lines;
    const periodStart = origin + upgradeAt * DAY + 1;
    const upgraded = { ...base, periodStart, periodEnd: periodStart + 365 * DAY, paidAt: periodStart };
    return [...lines, { ...upgraded, amountMinor: amountMinor * 10 }];
  });

describe('revenue by month', () => {
  it('counts a yearly price as a twelfth and a month of any length as one', () => {
    for (const [start, end, months] of [
      ['2026-02-01', '2026-03-01', 1],
      ['2026-01-01', '2026-02-01', 1],
      ['2024-01-01', '2025-01-01', 12],
      ['2026-01-01', '2026-01-08', 1],
    ] as const)
      expect([start, monthsOf({ periodStart: day(start), periodEnd: day(end) })]).toEqual([start, months]);
  });

  it('counts no line before it is paid, after its period, or after the subscription ended', () => {
    const sold = facts({ lines: [line()] });

    expect(only(sold, '2026-01-09')?.mrrMinor).toBe(0);
    expect(only(sold, '2026-01-20')).toMatchObject({ mrrMinor: 999, active: 1, newCustomers: 1 });
    expect(only(sold, '2026-02-20')).toMatchObject({ mrrMinor: 0, churnedCustomers: 1, churnedMinor: 999 });
    expect(only(facts({ lines: [line({ endedAt: day('2026-01-15') })] }), '2026-01-20')?.mrrMinor).toBe(0);
    expect(only(facts({ lines: [line({ paidAt: day('2026-01-25') })] }), '2026-01-20')?.mrrMinor).toBe(0);
  });

  it('counts no trial and nothing that a discount made free', () => {
    expect(only(facts({ lines: [line({ amountMinor: 0 })] }), '2026-01-20')).toMatchObject({
      mrrMinor: 0,
      active: 0,
    });
  });

  it('subtracts refunds and the fees that Stripe told, or an estimate of them', () => {
    const at = day('2026-01-12');
    const money = facts({
      payments: [
        { at, amountMinor: 999, feeMinor: 59, failed: false },
        { at, amountMinor: 1000, feeMinor: null, failed: false },
        { at, amountMinor: 999, feeMinor: null, failed: true },
        { at: day('2025-12-31'), amountMinor: 999, feeMinor: 59, failed: false },
      ],
      refunds: [{ at, amountMinor: 400 }],
      disputes: [{ at }],
    });

    expect(only(money, '2026-01-31')).toMatchObject({
      grossMinor: 1999,
      feesMinor: 59 + estimateFee(1000),
      refundedMinor: 400,
      netMinor: 1999 - 400 - 59 - 59,
      failedPayments: 1,
      disputes: 1,
    });
  });

  it('lists calendar months up to now', () => {
    expect(lastMonths(day('2026-02-10'), 3)).toEqual([
      { name: '2025-12', start: day('2025-12-01'), end: day('2026-01-01') },
      { name: '2026-01', start: day('2026-01-01'), end: day('2026-02-01') },
      { name: '2026-02', start: day('2026-02-01'), end: day('2026-02-10') },
    ]);
  });

  it('equals an independent recomputation to the cent, at any date', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 12 }), fc.nat(1200), (histories, offset) => {
        const lines = histories.flat();
        const now = day('2024-01-01') + offset * DAY + 12_345;
        for (const month of revenueByMonth(facts({ lines }), now, 12)) {
          const [bounds] = lastMonths(now, 12).filter(({ name }) => name === month.month);
          const before = recompute(lines, bounds?.start ?? 0);
          const after = recompute(lines, bounds?.end ?? 0);
          const left = [...before.customers].filter(([id]) => !after.customers.has(id));
          expect([month.mrrMinor, month.active]).toEqual([after.mrr, after.customers.size]);
          expect([month.churnedCustomers, month.churnedMinor]).toEqual([
            left.length,
            left.reduce((total, [, monthly]) => total + monthly, 0),
          ]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
