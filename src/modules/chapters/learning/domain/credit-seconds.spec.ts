import { creditSeconds, measureSeconds } from './credit-seconds';
import { nextChangeAllowedAt } from './time-zone-change';

const now = new Date('2026-11-24T20:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('creditSeconds', () => {
  it.each<[string, number, Date | undefined, number]>([
    ['believes a first report', 600, undefined, 600],
    ['believes no first report beyond an hour', 9999, undefined, 3600],
    ['believes what has passed since the last report', 600, ago(900), 600],
    ['cuts a report to what has passed', 600, ago(60), 60],
    ['gives nothing for a repeated call', 600, ago(0), 0],
    ['gives nothing while the clock is behind', 600, ago(-60), 0],
    ['gives an hour at most after a night', 9999, ago(40_000), 3600],
    ['gives nothing for nothing', 0, ago(40_000), 0],
    ['gives nothing for less than nothing', -5, undefined, 0],
    ['counts whole seconds', 59.9, undefined, 59],
  ])('%s', (_, seconds, lastReportAt, expected) => {
    expect(creditSeconds({ seconds, lastReportAt, now })).toBe(expected);
  });
});

describe('measureSeconds', () => {
  it.each<[string, { openedAt: Date | undefined; lastReportAt?: Date }, number]>([
    ['counts from opening to now', { openedAt: ago(150) }, 150],
    ['knows nothing about a section that was never opened', { openedAt: undefined }, 0],
    ['takes more than twice the estimate for a break', { openedAt: ago(7200) }, 360],
    ['counts after an older report', { openedAt: ago(150), lastReportAt: ago(200) }, 150],
    ['counts a sitting once', { openedAt: ago(150), lastReportAt: ago(50) }, 0],
    ['counts nothing for a report in the moment of opening', { openedAt: ago(9), lastReportAt: ago(9) }, 0],
    ['gives nothing while the clock is behind', { openedAt: ago(-60) }, 0],
  ])('%s', (_, { openedAt, lastReportAt }, expected) => {
    expect(measureSeconds({ openedAt, lastReportAt, estimatedMinutes: 3, now })).toBe(expected);
  });
});

describe('nextChangeAllowedAt', () => {
  const changes = (...hoursAgo: number[]) =>
    hoursAgo.map((hours) => ({ since: ago(hours * 3600), timeZone: 'UTC' }));

  it('allows the tenth change of a day', () => {
    expect(nextChangeAllowedAt(changes(1, 2, 3, 4, 5, 6, 7, 8, 9), now)).toBeUndefined();
  });

  it('refuses the eleventh change until the oldest is a day old', () => {
    expect(nextChangeAllowedAt(changes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), now)).toEqual(ago(-14 * 3600));
  });

  it('does not count the changes of the previous day', () => {
    expect(nextChangeAllowedAt(changes(25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35), now)).toBeUndefined();
  });
});
