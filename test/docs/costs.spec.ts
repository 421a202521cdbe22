import { readFileSync } from 'node:fs';
import { estimateFee } from '../../src/modules/payments/revenue/domain/months';

const text = readFileSync('docs/costs.md', 'utf8');
const rowOf = (name: string): string[] =>
  (text.split('\n').find((line) => line.startsWith(`| ${name} | $`)) ?? '')
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

const dollars = (minor: number): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency: 'usd' }).format(minor / 100);
const PRICES = { monthly: 999, yearly: 9599 };
const netOf = (price: number): number => price - estimateFee(price);
const NET = { monthly: netOf(PRICES.monthly), yearly: netOf(PRICES.yearly) };

describe('docs/costs.md', () => {
  it.each([
    ['monthly', NET.monthly, NET.monthly * 12],
    ['yearly', NET.yearly / 12, NET.yearly],
  ] as const)('has fee and net of the %s plan', (plan, perMonth, perYear) => {
    const price = PRICES[plan];

    expect(rowOf(plan)).toEqual([price, estimateFee(price), NET[plan], perMonth, perYear].map(dollars));
  });

  it.each([
    ['100', 100],
    ['1,000', 1000],
  ])('has the net of %s students', (name, count) => {
    expect(rowOf(name)).toEqual([dollars(count * NET.monthly), dollars((count * NET.yearly) / 12)]);
  });

  it('compares the plans, and names what a refund and a foreign card cost', () => {
    const saved = PRICES.monthly * 12 - PRICES.yearly;
    const less = NET.monthly * 12 - NET.yearly;

    expect(text).toContain(`saves ${dollars(saved)} and brings ${dollars(less)} less`);
    expect(text).toContain(
      `of a month costs the fee of ${dollars(estimateFee(PRICES.monthly))}, and of a year ${dollars(estimateFee(PRICES.yearly))}.`,
    );
    const abroad = [PRICES.monthly, PRICES.yearly].map((price) => Math.round(price / 100));
    expect(text).toContain(`${abroad[0]} cents more for a month and ${abroad[1]} cents more for a year`);
    expect(text).toContain(`before fees: ${dollars(Math.round(PRICES.yearly / 12))}.`);
  });

  it('agrees with the original guide about the monthly plan', () => {
    expect([estimateFee(PRICES.monthly), NET.monthly, 100 * NET.monthly, 1000 * NET.monthly]).toEqual([
      59, 940, 94_000, 940_000,
    ]);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('$0.59 of fees, $9.40 net, $940 for 100 students and $9,400 for 1,000');
  });
});
