import { findSecondPurchase, type LivePurchase } from './second-purchase';

const at = (day: number, disputed = false) => ({
  paidAt: new Date(Date.UTC(2026, 0, day)),
  disputed,
});
const first: LivePurchase = { subscriptionId: 'sub_1', ourCheckout: true, firstPayment: at(1) };
const second: LivePurchase = { subscriptionId: 'sub_2', ourCheckout: true, firstPayment: at(2) };

describe('the second of two purchases', () => {
  it.each([
    ['first', [first, second]],
    ['last', [second, first]],
  ])('is the one that was paid later, listed %s', (_, purchases) => {
    expect(findSecondPurchase(purchases)).toBe(second);
  });

  it('is the new one when the other has renewed, or was never paid here', () => {
    expect(findSecondPurchase([{ ...first, firstPayment: null }, second])).toBe(second);
  });

  it.each([
    ['it was made elsewhere', [first, { ...second, ourCheckout: false }]],
    ['it is disputed', [first, { ...second, firstPayment: at(2, true) }]],
    ['both were paid at the same second', [first, { ...second, firstPayment: at(1) }]],
    [
      'none was paid',
      [
        { ...first, firstPayment: null },
        { ...second, firstPayment: null },
      ],
    ],
    ['there are three', [first, second, { ...second, subscriptionId: 'sub_3' }]],
    ['there is one', [first]],
  ])('is left to a person when %s', (_, purchases) => {
    expect(findSecondPurchase(purchases)).toBeUndefined();
  });
});
