/** Where reading goes on for one group of event types. Times are Stripe's, except `polledAt`. */
export interface EventCursor {
  readonly group: number;
  readonly types: readonly string[];
  /** Every older event of these types has been read. */
  readonly readUntil: Date;
  /** Business time of the last complete read. */
  readonly polledAt: Date;
}

/** One request for events, page by page. */
export interface PollWindow {
  readonly from: Date;
  /** Undefined for the last window: up to the newest event. */
  readonly until: Date | undefined;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** An event can appear in the list later than an event that was created after it, and times have whole seconds. */
const OVERLAP_MS = HOUR / 2;
/** Progress is saved after each window, so that reading a long outage survives a crash. */
const WINDOW_MS = DAY;
/** The first read goes back as far as Stripe would retry a delivery. */
const FIRST_READ_MS = 3 * DAY;

/** Groups of at most `size` types, in a fixed order. */
export function groupTypes(types: readonly string[], size: number): string[][] {
  const groups: string[][] = [];
  for (let start = 0; start < types.length; start += size) groups.push(types.slice(start, start + size));
  return groups;
}

/**
 * Where a group begins. A group whose types have changed since the last release begins where the slowest one was: its new
 * types were not read before. Without any cursor, the first read goes back three days.
 */
export function findStart(
  { group, types }: { readonly group: number; readonly types: readonly string[] },
  cursors: readonly EventCursor[],
  now: Date,
): Date {
  const own = cursors.find((cursor) => cursor.group === group);
  if (own !== undefined && own.types.join() === types.join()) return own.readUntil;
  if (cursors.length === 0) return new Date(now.getTime() - FIRST_READ_MS);
  return new Date(Math.min(...cursors.map(({ readUntil }) => readUntil.getTime())));
}

/** What to ask for, oldest first. Nothing before the horizon can be asked for. */
export function planWindows(readUntil: Date, now: Date, horizonMs: number): PollWindow[] {
  const windows: PollWindow[] = [];
  let from = Math.max(readUntil.getTime() - OVERLAP_MS, now.getTime() - horizonMs);
  while (from + WINDOW_MS < now.getTime()) {
    windows.push({ from: new Date(from), until: new Date(from + WINDOW_MS) });
    from += WINDOW_MS;
  }
  return [...windows, { from: new Date(from), until: undefined }];
}

/** True when a group has not been read for `intervalMs`, was never read, or was read in the future of a moved clock. */
export function isPollDue(
  cursors: readonly EventCursor[],
  { groups, now, intervalMs }: { groups: number; now: Date; intervalMs: number },
): boolean {
  if (cursors.length < groups) return true;
  return cursors.some(({ polledAt }) => {
    const age = now.getTime() - polledAt.getTime();
    return age >= intervalMs || age < 0;
  });
}
