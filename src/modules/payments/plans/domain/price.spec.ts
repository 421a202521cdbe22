import { findPriceRefusal, findSaving, type PriceState } from './price';

const MONTH: PriceState = {
  productId: 'prod_1',
  amountMinor: 999,
  currency: 'usd',
  active: true,
  productActive: true,
  interval: 'month',
  intervalCount: 1,
  taxBehavior: 'unspecified',
};

describe('prices', () => {
  it('sells a monthly price as the monthly plan and a yearly one as the yearly plan', () => {
    expect(findPriceRefusal('monthly', MONTH)).toBeUndefined();
    expect(findPriceRefusal('yearly', { ...MONTH, interval: 'year' })).toBeUndefined();
  });

  it.each([
    ['archived', { active: false }],
    ['product_archived', { productActive: false }],
    ['not_recurring', { interval: undefined }],
    ['not_recurring', { amountMinor: null }],
    ['wrong_interval', { interval: 'year' }],
    ['wrong_interval', { intervalCount: 3 }],
  ] as const)('refuses to sell: %s %j', (refusal, change) => {
    expect(findPriceRefusal('monthly', { ...MONTH, ...change })).toBe(refusal);
  });
});

describe('what a year saves', () => {
  const monthly = { plan: 'monthly', amountMinor: 999, currency: 'usd' } as const;
  const yearly = { plan: 'yearly', amountMinor: 9599, currency: 'usd' } as const;

  it('is the difference to twelve months, with the percentage rounded down', () => {
    expect(findSaving(yearly, [monthly, yearly])).toEqual({ amountMinor: 2389, percent: 19 });
  });

  it.each([
    ['a month', monthly, [monthly, yearly]],
    ['a year without a monthly plan', yearly, [yearly]],
    ['a year in another currency', { ...yearly, currency: 'eur' }, [monthly]],
    ['a year that costs as much', { ...yearly, amountMinor: 11_988 }, [monthly]],
    ['a year that costs more', { ...yearly, amountMinor: 12_000 }, [monthly]],
  ])('is nothing for %s', (_, plan, all) => {
    expect(findSaving(plan, all)).toBeUndefined();
  });
});
