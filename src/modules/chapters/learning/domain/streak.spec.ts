import fc from 'fast-check';
import { addDays } from './local-day';
import { deriveStreak, findDayOfStreak } from './streak';

// 2026-11-23 is a Monday.
const MONDAY = '2026-11-23';
const week = (offset: number) => addDays(MONDAY, offset);
const days = (...offsets: number[]) => offsets.map(week);

describe('deriveStreak', () => {
  it('is empty for an unknown student', () => {
    expect(deriveStreak([], MONDAY)).toEqual({
      currentDays: 0,
      longestDays: 0,
      isActiveToday: false,
      frozenDays: [],
      isFreezeAvailable: true,
      lastActiveDay: undefined,
    });
  });

  it.each<[string, number[], number, number]>([
    ['counts today', [0, 1, 2], 2, 3],
    ['does not call today missed before it is over', [0, 1, 2], 3, 3],
    ['bridges one missed day', [0, 2, 3], 3, 3],
    ['bridges yesterday', [0, 1], 3, 2],
    ['ends at the second missed day of a week', [0, 2, 4], 4, 2],
    ['ends after two missed days in one week', [0, 1], 4, 0],
    ['has a new freeze on Monday: Sunday and Monday are bridged', [4, 5, 8], 8, 3],
    ['has no third: Saturday, Sunday and Monday are too many', [4, 8], 8, 1],
    ['has one freeze for every week', [0, 1, 3, 4, 5, 6, 7, 8, 10, 11], 11, 10],
    ['goes on across New Year', [38, 39, 40], 40, 3],
  ])('%s', (_, active, today, expected) => {
    expect(deriveStreak(days(...active), week(today)).currentDays).toBe(expected);
  });

  it('does not count days covered by a freeze, and lists them', () => {
    const streak = deriveStreak(days(0, 2, 3), week(3));

    expect(streak).toMatchObject({ frozenDays: [week(1)], isFreezeAvailable: false, currentDays: 3 });
  });

  it('lists no freeze without activity before it', () => {
    expect(deriveStreak(days(3), week(3))).toMatchObject({ frozenDays: [], isFreezeAvailable: true });
  });

  it('keeps the longest streak', () => {
    expect(deriveStreak(days(0, 1, 2, 3, 20), week(20))).toMatchObject({ currentDays: 1, longestDays: 4 });
  });

  it('treats the leap day like any other day', () => {
    expect(deriveStreak(['2028-02-28', '2028-02-29', '2028-03-01'], '2028-03-01').currentDays).toBe(3);
    expect(deriveStreak(['2028-02-28', '2028-03-01'], '2028-03-01').frozenDays).toEqual(['2028-02-29']);
  });

  it('counts a day once when the student flies west over the date line', () => {
    expect(deriveStreak(days(0, 1, 2), week(1))).toMatchObject({ currentDays: 3, isActiveToday: true });
  });

  it('does not count today as missed when there is activity on a later day', () => {
    expect(deriveStreak(days(0, 2), week(1))).toMatchObject({ currentDays: 2, frozenDays: [] });
  });
});

const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 61 });

describe('a streak of any history', () => {
  it('is never shortened by activity', () => {
    fc.assert(
      fc.property(
        offsets,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 30, max: 60 }),
        (done, more, now) => {
          const active = done.filter((day) => day <= now + 1);
          const before = deriveStreak(days(...active), week(now));
          const after = deriveStreak(days(...active, Math.min(more, now + 1)), week(now));
          return after.currentDays >= before.currentDays && after.longestDays >= before.longestDays;
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is at most the longest streak, and uses one freeze per week', () => {
    fc.assert(
      fc.property(offsets, fc.integer({ min: 0, max: 60 }), (done, now) => {
        const active = done.filter((day) => day <= now);
        const streak = deriveStreak(days(...active), week(now));
        const weeks = streak.frozenDays.map((day) =>
          Math.floor((Date.parse(day) - Date.parse(MONDAY)) / 604_800_000),
        );
        return (
          streak.currentDays <= streak.longestDays &&
          streak.longestDays <= active.length &&
          new Set(weeks).size === weeks.length
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('is reached on a day that later activity does not change', () => {
    fc.assert(
      fc.property(offsets, fc.integer({ min: 1, max: 8 }), (done, length) => {
        const reached = findDayOfStreak(days(...done), length);
        if (reached === undefined) return true;
        const later = days(...done, 61, 62, 63);
        return findDayOfStreak(later, length) === reached;
      }),
    );
  });
});
