/** How often a price bills. */
export interface Cadence {
  /** day, week, month or year; the API's types leave it open. */
  interval: string;
  interval_count: number;
}

const DAY = 86_400;

/**
 * The `n`-th boundary after the anchor (n may be 0). Months and years keep the anchor's day and time of day in UTC; a
 * month without that day uses its last one, and later months return to the anchor's day (31 Jan, 28 Feb, 31 Mar).
 */
export function boundary(anchor: number, cadence: Cadence, n: number): number {
  const count = cadence.interval_count * n;
  if (cadence.interval === 'day') return anchor + count * DAY;
  if (cadence.interval === 'week') return anchor + count * 7 * DAY;
  return addMonths(anchor, cadence.interval === 'year' ? count * 12 : count);
}

/** The first boundary after `start`, i.e. the end of a period that begins at `start`. */
export function periodEnd(anchor: number, cadence: Cadence, start: number): number {
  let n = Math.max(0, Math.floor((start - anchor) / longestPeriod(cadence)));
  while (boundary(anchor, cadence, n) <= start) n++;
  while (n > 0 && boundary(anchor, cadence, n - 1) > start) n--;
  return boundary(anchor, cadence, n);
}

function longestPeriod({ interval, interval_count }: Cadence): number {
  const days = { day: 1, week: 7, year: 366 }[interval] ?? 31;
  return days * interval_count * DAY;
}

function addMonths(instant: number, months: number): number {
  const date = new Date(instant * 1000);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  const midnight = Date.UTC(
    target.getUTCFullYear(),
    target.getUTCMonth(),
    Math.min(date.getUTCDate(), lastDay),
  );
  const timeOfDay = instant - Math.floor(instant / DAY) * DAY;
  return midnight / 1000 + timeOfDay;
}
