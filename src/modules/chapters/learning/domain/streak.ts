import { addDays, mondayOf, type LocalDay } from './local-day';

export interface Streak {
  /** Active days in the present run; days bridged by a freeze are not counted. */
  readonly currentDays: number;
  readonly longestDays: number;
  readonly isActiveToday: boolean;
  /** Days of the present run that a freeze has bridged, newest first. */
  readonly frozenDays: readonly LocalDay[];
  /** Whether this week's freeze is still there to bridge a missed day. */
  readonly isFreezeAvailable: boolean;
  readonly lastActiveDay: LocalDay | undefined;
}

interface Run {
  readonly days: number;
  readonly frozen: readonly LocalDay[];
}

/**
 * A run of days with activity, where one missed day in each week (Monday to Sunday) is bridged by a freeze and a second
 * one ends the run. Today is not missed before it is over. More activity never makes a run shorter.
 */
export function deriveStreak(days: Iterable<LocalDay>, today: LocalDay): Streak {
  const active = new Set(days);
  const ordered = [...active].sort();
  const last = ordered.at(-1);
  // Whoever flew west over the date line has already learned "tomorrow".
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

/** On which day a run of this length was reached for the first time. Later activity does not change the answer. */
export function findDayOfStreak(days: Iterable<LocalDay>, length: number): LocalDay | undefined {
  const active = new Set(days);
  return [...active].sort().find((day) => walkBack(active, day, day).days >= length);
}

/** 0 where the next day goes on with the run: its end is counted instead, which keeps this far from quadratic. */
function runEndingOn(active: ReadonlySet<LocalDay>, day: LocalDay): number {
  return active.has(addDays(day, 1)) ? 0 : walkBack(active, day, day).days;
}

/** Days from `today` on are not yet over and cannot be missed. */
function walkBack(active: ReadonlySet<LocalDay>, newest: LocalDay, today: LocalDay): Run {
  const frozenWeeks = new Set<LocalDay>();
  const pending: LocalDay[] = [];
  const frozen: LocalDay[] = [];
  let days = 0;
  for (let day = newest; ; day = addDays(day, -1)) {
    if (active.has(day)) {
      days += 1;
      // Only a freeze with activity on its far side has bridged anything.
      frozen.push(...pending.splice(0));
    } else if (day < today) {
      const week = mondayOf(day);
      if (frozenWeeks.has(week)) return { days, frozen };
      frozenWeeks.add(week);
      pending.push(day);
    }
  }
}
