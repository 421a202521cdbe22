/** A calendar day such as `2026-11-24`. Can be compared as text. */
export type LocalDay = string;

export const DEFAULT_TIME_ZONE = 'UTC';

const DAY_MS = 86_400_000;
const MONDAY = 1;

// Creating a formatter costs a hundred times as much as using it. The names come from students, so the map is bounded.
const formatters = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATTERS = 1000;

/**
 * Whether this is the name of a time zone, such as `Europe/Berlin`. Rejects fixed offsets such as `+02:00`, because they have
 * no daylight saving time.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z][\w+/-]{1,63}$/i.test(name)) return false;
  try {
    return toLocalDay(new Date(0), name) !== '';
  } catch {
    return false;
  }
}

/** The calendar day in this time zone. Throws RangeError for an unknown zone. */
export function toLocalDay(at: Date, timeZone: string): LocalDay {
  return getFormatter(timeZone).format(at);
}

/** Counts calendar days, so that a day of 23 or 25 hours is one day. */
export function addDays(day: LocalDay, days: number): LocalDay {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of the week of this day (ISO 8601). */
export function mondayOf(day: LocalDay): LocalDay {
  const weekday = new Date(day).getUTCDay();
  return addDays(day, -((weekday - MONDAY + 7) % 7));
}

function getFormatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-CA', options);
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  formatters.set(timeZone, made);
  return made;
}
