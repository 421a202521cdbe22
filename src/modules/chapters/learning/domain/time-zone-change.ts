import type { TimeZonePeriod } from './facts';

const WINDOW_MS = 24 * 3_600_000;
const CHANGES_PER_WINDOW = 10;

/** When the next change is allowed. Undefined when a change is allowed now. The limit is above what travel needs. */
export function nextChangeAllowedAt(periods: readonly TimeZonePeriod[], now: Date): Date | undefined {
  const recent = periods
    .map(({ since }) => since.getTime())
    .filter((since) => since > now.getTime() - WINDOW_MS)
    .sort((a, b) => a - b);
  const oldest = recent.at(-CHANGES_PER_WINDOW);
  return oldest === undefined ? undefined : new Date(oldest + WINDOW_MS);
}
