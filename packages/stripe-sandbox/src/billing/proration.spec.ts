import fc from 'fast-check';
import { periodEnd } from './periods';
import { restOfPeriod, settleBalance, unusedPart } from './proration';

const amount = fc.integer({ min: 0, max: 1_000_000 });
const anchor = fc.integer({ min: 1_600_000_000, max: 1_900_000_000 });
const monthly = { interval: 'month', interval_count: 1 };
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('prorations', () => {
  it('are rounded down line by line, as a recorded change of $10 to $18 shows at 1/400 of a period', () => {
    const period = { start: 0, end: 400 };
    expect(-unusedPart({ amount: 1000, ...period }, 399)).toBe(-3);
    expect(restOfPeriod(1800, period, 399)).toBe(4);
  });

  it('credit everything at the start, nothing at the end, and never more later', () => {
    fc.assert(
      fc.property(amount, anchor, share, share, (debited, start, a, b) => {
        const end = periodEnd(start, monthly, start);
        const debit = { amount: debited, start, end };
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map(
          (part) => start + Math.floor(part * (end - start)),
        ) as [number, number];
        expect(unusedPart(debit, start)).toBe(debited);
        expect(unusedPart(debit, end)).toBe(0);
        expect(unusedPart(debit, late)).toBeLessThanOrEqual(unusedPart(debit, early));
      }),
    );
  });

  it('cost nothing, or give a cent back, when the plan stays the same', () => {
    fc.assert(
      fc.property(amount, anchor, share, (price, start, part) => {
        const end = periodEnd(start, monthly, start);
        const at = start + Math.floor(part * (end - start));
        const credit = unusedPart({ amount: price, start, end }, at);
        expect([0, -1]).toContain(restOfPeriod(price, { start, end }, at) - credit);
      }),
    );
  });

  it('come back to the first price, less a cent for each rounding, when a change is undone at once', () => {
    fc.assert(
      fc.property(amount, amount, anchor, share, (old, next, start, part) => {
        const end = periodEnd(start, monthly, start);
        const at = start + Math.floor(part * (end - start));
        const debit = { amount: restOfPeriod(next, { start, end }, at), start: at, end };
        fc.pre(at < end);
        const there = debit.amount - unusedPart({ amount: old, start, end }, at);
        const back = restOfPeriod(old, { start, end }, at) - unusedPart(debit, at);
        expect([0, -1, -2]).toContain(there + back);
      }),
    );
  });

  it('never refund more than was paid over any chain of changes', () => {
    const changes = fc.array(fc.tuple(amount, share), { maxLength: 8 });
    fc.assert(
      fc.property(amount, anchor, changes, (first, start, chain) => {
        const end = periodEnd(start, monthly, start);
        let debit = { amount: first, start, end };
        let paid = first;
        for (const [price, part] of chain) {
          const at = debit.start + Math.floor(part * (end - debit.start));
          if (at >= end) break;
          const next = restOfPeriod(price, { start, end }, at);
          paid += next - unusedPart(debit, at);
          debit = { amount: next, start: at, end };
        }
        expect(paid).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('are counted in seconds of the real month, from month-end anchors too', () => {
    const start = Date.UTC(2027, 0, 31) / 1000;
    const end = periodEnd(start, monthly, start);
    expect(end).toBe(Date.UTC(2027, 1, 28) / 1000);
    expect(unusedPart({ amount: 2800, start, end }, start + 7 * 86_400)).toBe(2100);
  });
});

describe('settleBalance', () => {
  it('loses no cent between invoice and balance', () => {
    const money = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(money, money, (total, balance) => {
        const { due, after } = settleBalance(total, balance);
        expect(due - total).toBe(balance - after);
        expect(due).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(0);
      }),
    );
  });
});
