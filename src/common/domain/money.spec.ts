import { formatDay, formatMoney } from './money';

describe('formatMoney', () => {
  it.each([
    [999, 'usd', '$9.99'],
    [9599, 'USD', '$95.99'],
    [0, 'usd', '$0.00'],
    [120_000, 'eur', '€1,200.00'],
    [500, 'jpy', '¥500'],
    [-999, 'usd', '-$9.99'],
  ])('writes %i %s as %s', (amount, currency, expected) => {
    expect(formatMoney(amount, currency)).toBe(expected);
  });
});

describe('formatDay', () => {
  it('writes the day in UTC', () => {
    expect(formatDay(new Date('2027-03-01T23:59:59Z'))).toBe('1 March 2027');
  });
});
