import { findPromotionRefusal, PROMOTION_REFUSALS, type PromotionFacts } from './promotion';

const CODE: PromotionFacts = {
  id: 'promo_1',
  active: true,
  expiresAt: null,
  usedUp: false,
  customerId: null,
  firstPurchaseOnly: false,
  minimumMinor: null,
  currency: null,
  productIds: null,
};
const NOW = new Date('2026-12-01T00:00:00Z');
const PURCHASE = {
  customerId: 'cus_1',
  hasPaidBefore: true,
  amountMinor: 999,
  currency: 'usd',
  productId: 'prod_1',
  now: NOW,
};

describe('promotion codes', () => {
  it('lets a code without limits be used', () => {
    expect(findPromotionRefusal(CODE, PURCHASE)).toBeUndefined();
  });

  it.each([
    ['expired', { active: false, expiresAt: NOW }],
    ['used_up', { active: false, usedUp: true }],
    ['inactive', { active: false }],
    ['other_customer', { customerId: 'cus_2' }],
    ['first_purchase_only', { firstPurchaseOnly: true }],
    ['other_currency', { currency: 'eur' }],
    ['minimum_amount', { minimumMinor: 1000 }],
    ['other_product', { productIds: ['prod_2'] }],
  ] as const)('says why: %s', (refusal, limit) => {
    expect(findPromotionRefusal({ ...CODE, ...limit }, PURCHASE)).toBe(refusal);
    expect(PROMOTION_REFUSALS[refusal]).toMatch(/\.$/);
  });

  it.each([
    { customerId: 'cus_1' },
    { currency: 'usd', minimumMinor: 999 },
    { productIds: ['prod_2', 'prod_1'] },
    { expiresAt: new Date(NOW.getTime() + 1) },
  ])('lets a code be used whose limit the purchase meets: %j', (limit) => {
    expect(findPromotionRefusal({ ...CODE, ...limit }, PURCHASE)).toBeUndefined();
  });

  it('lets a newcomer use a code for a first purchase', () => {
    const newcomer = { ...PURCHASE, hasPaidBefore: false };

    expect(findPromotionRefusal({ ...CODE, firstPurchaseOnly: true }, newcomer)).toBeUndefined();
  });
});
