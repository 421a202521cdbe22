import { backoffMs } from 'src/common/domain/backoff';

/** Attempts to change a renewal that did not succeed, since the last one that did. */
export interface Failures {
  readonly count: number;
  /** Since the last of them; 0 when there is none. */
  readonly agoMs: number;
}

/** After the sync that found it, and at least between any two attempts. */
const LEAST_PAUSE_MS = 1000;

/** So many failures are no passing trouble: a person is told. The fifth comes within 15 seconds. */
const MOST_SILENT_FAILURES = 4;

/** How long to wait before the next attempt, in milliseconds. `random` is in [0, 1). */
export const pauseBeforeAttempt = (failures: Failures, random: number): number =>
  Math.max(remaining(failures, random), LEAST_PAUSE_MS);

/** Whether an attempt may be made now: a sync for another reason makes none before its time. */
export const isAttemptDue = (failures: Failures): boolean => remaining(failures, 0) <= 0;

const remaining = ({ count, agoMs }: Failures, random: number): number =>
  count === 0 ? 0 : backoffMs(count - 1, random) - agoMs;

export const needsOperator = ({ count }: Failures): boolean => count > MOST_SILENT_FAILURES;
