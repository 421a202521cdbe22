import fc from 'fast-check';
import { splitRefund } from './split-refund';

const paid = (paymentIntentId: string, paidMinor: number, refundedMinor = 0) => ({
  paymentIntentId,
  paidMinor,
  refundedMinor,
});

describe('splitRefund', () => {
  it('returns all that is left of every payment without an amount', () => {
    expect(splitRefund([paid('pi_1', 500, 200), paid('pi_2', 400)], undefined)).toEqual([
      { paymentIntentId: 'pi_1', amountMinor: 300 },
      { paymentIntentId: 'pi_2', amountMinor: 400 },
    ]);
  });

  it('refuses when nothing is left, or less than is asked for', () => {
    expect(splitRefund([], undefined)).toBeUndefined();
    expect(splitRefund([paid('pi_1', 500, 500)], undefined)).toBeUndefined();
    expect(splitRefund([paid('pi_1', 500, 200)], 301)).toBeUndefined();
  });

  it('never returns more than a payment collected, and exactly what is asked for', () => {
    const payments = fc.array(
      fc
        .tuple(fc.nat(10_000), fc.nat(10_000))
        .map(([one, other]) => paid('pi', Math.max(one, other), Math.min(one, other))),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(payments, fc.integer({ min: 1, max: 20_000 }), (all, amount) => {
        const left = all.reduce((sum, { paidMinor, refundedMinor }) => sum + paidMinor - refundedMinor, 0);
        const parts = splitRefund(all, amount);
        if (parts === undefined) return amount > left;
        return (
          parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0) === amount &&
          parts.every(({ amountMinor }) => amountMinor > 0)
        );
      }),
    );
  });
});
