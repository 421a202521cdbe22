import { addDays, mondayOf, type LocalDay } from './local-day';

export interface Streak {
  /** Active days of the current streak, without the days covered by a freeze. */
  readonly currentDays: number;
  readonly longestDays: number;
  readonly isActiveToday: boolean;
  /** Days of the current streak that a freeze covered, newest first. */
  readonly frozenDays: readonly LocalDay[];
  /** Whether this week's freeze is still available. */
  readonly isFreezeAvailable: boolean;
  readonly lastActiveDay: LocalDay | undefined;
}

interface Run {
  readonly days: number;
  readonly frozen: readonly LocalDay[];
}

/**
 * Consecutive days with activity. A freeze covers one missed day per week (Monday to Sunday); a second missed day ends the
 * streak. Today counts as missed only when it is over. More activity never makes a streak shorter.
 */
export function deriveStreak(days: Iterable<LocalDay>, today: LocalDay): Streak {
  const active = new Set(days);
  const ordered = [...active].sort();
  const last = ordered.at(-1);
  // After a flight west over the date line, a student may have learned "tomorrow" already.
  const newest = last !== undefined && last > today ? last : today;
  const current = walkBack(active, newest, today);
  return {
    currentDays: current.days,
    longestDays: Math.max(current.days, ...ordered.map((day) => runEndingOn(active, day))),
    isActiveToday: active.has(today),
    frozenDays: current.days === 0 ? [] : current.frozen,
    isFreezeAvailable: current.days === 0 || !current.frozen.some((day) => mondayOf(day) === mondayOf(today)),
    lastActiveDay: last,
  };
}

/** The day on which a streak first reached this length. Later activity does not change it. */
export function findDayOfStreak(days: Iterable<LocalDay>, length: number): LocalDay | undefined {
  const active = new Set(days);
  return [...active].sort().find((day) => walkBack(active, day, day).days >= length);
}

/** 0 when the next day continues the streak. Only the end of a streak is counted, to avoid quadratic time. */
function runEndingOn(active: ReadonlySet<LocalDay>, day: LocalDay): number {
  return active.has(addDays(day, 1)) ? 0 : walkBack(active, day, day).days;
}

/** Today and later days are not over and cannot be missed. */
function walkBack(active: ReadonlySet<LocalDay>, newest: LocalDay, today: LocalDay): Run {
  const frozenWeeks = new Set<LocalDay>();
  const pending: LocalDay[] = [];
  const frozen: LocalDay[] = [];
  let days = 0;
  for (let day = newest; ; day = addDays(day, -1)) {
    if (active.has(day)) {
      days += 1;
      // A freeze counts only when there is activity before it.
      frozen.push(...pending.splice(0));
    } else if (day < today) {
      const week = mondayOf(day);
      if (frozenWeeks.has(week)) return { days, frozen };
      frozenWeeks.add(week);
      pending.push(day);
    }
  }
}
