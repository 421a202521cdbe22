import { addDays, isTimeZone, mondayOf, toLocalDay } from './local-day';

describe('toLocalDay', () => {
  it.each([
    // Berlin leaves summer time on 2026-10-25 at 03:00: the day has 25 hours.
    ['2026-10-24T21:59:59Z', 'Europe/Berlin', '2026-10-24'],
    ['2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25'],
    ['2026-10-25T22:59:59Z', 'Europe/Berlin', '2026-10-25'],
    ['2026-10-25T23:00:00Z', 'Europe/Berlin', '2026-10-26'],
    // New York enters summer time on 2026-03-08 at 02:00: the day has 23 hours.
    ['2026-03-08T04:59:59Z', 'America/New_York', '2026-03-07'],
    ['2026-03-08T05:00:00Z', 'America/New_York', '2026-03-08'],
    ['2026-03-09T03:59:59Z', 'America/New_York', '2026-03-08'],
    ['2026-03-09T04:00:00Z', 'America/New_York', '2026-03-09'],
    ['2026-11-24T10:30:00Z', 'Pacific/Kiritimati', '2026-11-25'],
    ['2026-11-24T10:30:00Z', 'Pacific/Pago_Pago', '2026-11-23'],
    ['2028-02-29T12:00:00Z', 'UTC', '2028-02-29'],
  ])('%s in %s is %s', (at, zone, day) => {
    expect(toLocalDay(new Date(at), zone)).toBe(day);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => toLocalDay(new Date(0), 'Europe/Atlantis')).toThrow(RangeError);
  });
});

describe('addDays', () => {
  it.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2028-02-29', 1, '2028-03-01'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-10-25', 1, '2026-10-26'],
  ])('%s and %d is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });
});

describe('mondayOf', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-24', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2026-11-30', '2026-11-30'],
    ['2027-01-01', '2026-12-28'],
  ])('of %s is %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });
});

describe('isTimeZone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Kolkata'])(
    'takes %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );

  it.each(['', '+02:00', 'Europe/Atlantis', '../etc/passwd', 'Europe/Berlin ', 'U'.repeat(80), '🙂'])(
    'refuses %p',
    (name) => expect(isTimeZone(name)).toBe(false),
  );
});
