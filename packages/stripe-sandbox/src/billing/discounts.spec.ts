import fc from 'fast-check';
import { allocate, discountLines, type Reduction } from './discounts';

const amounts = fc.array(fc.integer({ min: -50_000, max: 500_000 }), { minLength: 1, maxLength: 6 });
const reduction: fc.Arbitrary<Reduction> = fc.oneof(
  fc
    .integer({ min: 1, max: 10_000 })
    .map((hundredths) => ({ percent_off: hundredths / 100, amount_off: null })),
  fc.integer({ min: 1, max: 200_000 }).map((amount_off) => ({ percent_off: null, amount_off })),
);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('allocate', () => {
  it('never loses or invents a cent', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(100_000), { minLength: 1 }), (total, weights) => {
        fc.pre(sum(weights) > 0);
        expect(sum(allocate(total, weights))).toBe(total);
      }),
    );
  });

  it('never exceeds the exact share by more than a cent', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(100_000), { minLength: 1 }), (total, weights) => {
        fc.pre(sum(weights) > 0);
        for (const [i, share] of allocate(total, weights).entries()) {
          expect(Math.abs(share - (total * (weights[i] as number)) / sum(weights))).toBeLessThan(1.000001);
        }
      }),
    );
  });
});

describe('discountLines', () => {
  it('takes whole cents, never below zero and never from credits', () => {
    fc.assert(
      fc.property(amounts, fc.array(reduction, { maxLength: 3 }), (lines, reductions) => {
        const off = discountLines(lines, reductions);
        for (const [i, line] of lines.entries()) {
          const taken = sum(off.map((shares) => shares[i] as number));
          expect(Number.isInteger(taken)).toBe(true);
          expect(taken).toBeGreaterThanOrEqual(0);
          expect(taken).toBeLessThanOrEqual(Math.max(0, line));
        }
      }),
    );
  });

  it('takes exactly the rounded percentage of the sum', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 100 }), (lines, percent_off) => {
        const base = sum(lines.map((line) => Math.max(0, line)));
        const [off] = discountLines(lines, [{ percent_off, amount_off: null }]);
        expect(sum(off ?? [])).toBe(Math.round((base * percent_off) / 100));
      }),
    );
  });

  it('takes a fixed amount once, or all there is', () => {
    expect(discountLines([999, 501], [{ percent_off: null, amount_off: 500 }])).toEqual([[333, 167]]);
    expect(discountLines([999], [{ percent_off: null, amount_off: 5000 }])).toEqual([[999]]);
  });

  it('applies discounts one after the other to what is left', () => {
    const half = { percent_off: 50, amount_off: null };
    expect(discountLines([1000], [half, half])).toEqual([[500], [250]]);
  });

  it('leaves lines alone that a discount does not apply to', () => {
    const second = { percent_off: 10, amount_off: null, applies: (line: number) => line === 1 };
    expect(discountLines([1000, 1000], [second])).toEqual([[0, 100]]);
  });
});
