import fc from 'fast-check';
import { boundary, periodEnd } from './periods';

const month = { interval: 'month', interval_count: 1 };
const utc = (text: string) => Date.parse(`${text}Z`) / 1000;
const text = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19);

describe('billing periods', () => {
  it('return to the 31st after shorter months', () => {
    const anchor = utc('2027-01-31T10:30:00');
    expect([1, 2, 3, 4].map((n) => text(boundary(anchor, month, n)))).toEqual([
      '2027-02-28T10:30:00',
      '2027-03-31T10:30:00',
      '2027-04-30T10:30:00',
      '2027-05-31T10:30:00',
    ]);
  });

  it('use 29 February in leap years only', () => {
    const anchor = utc('2028-02-29T00:00:00');
    const year = { interval: 'year', interval_count: 1 };
    expect([1, 4].map((n) => text(boundary(anchor, year, n)))).toEqual([
      '2029-02-28T00:00:00',
      '2032-02-29T00:00:00',
    ]);
  });

  it('count weeks and days exactly, through daylight saving time', () => {
    const anchor = utc('2027-03-20T12:00:00');
    expect(text(boundary(anchor, { interval: 'week', interval_count: 2 }, 1))).toBe('2027-04-03T12:00:00');
  });

  it('follow each other without gap or overlap from any anchor', () => {
    const interval = fc.constantFrom('day', 'week', 'month', 'year');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e9 }),
        interval,
        fc.integer({ min: 1, max: 6 }),
        fc.nat(60),
        (anchor, unit, count, n) => {
          const cadence = { interval: unit, interval_count: count };
          const start = boundary(anchor, cadence, n);
          expect(periodEnd(anchor, cadence, start)).toBe(boundary(anchor, cadence, n + 1));
          expect(periodEnd(anchor, cadence, start - 1)).toBe(n === 0 ? boundary(anchor, cadence, 0) : start);
        },
      ),
    );
  });
});
