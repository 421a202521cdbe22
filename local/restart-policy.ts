export interface RestartDecision {
  /** Undefined when the part crashed too often. */
  readonly waitMs: number | undefined;
  /** Crashes that still count, newest last. Pass them to the next call. */
  readonly crashes: readonly number[];
}

const WINDOW_MS = 60_000;
const MAX_CRASHES = 4;
const FIRST_WAIT_MS = 250;

/** Waits 0.25, 0.5, 1 and 2 s before the restarts of a minute; gives up at the fifth crash within a minute. */
export function decideRestart(earlier: readonly number[], nowMs: number): RestartDecision {
  const crashes = [...earlier.filter((time) => time > nowMs - WINDOW_MS), nowMs];
  const waitMs = crashes.length > MAX_CRASHES ? undefined : FIRST_WAIT_MS * 2 ** (crashes.length - 1);
  return { waitMs, crashes };
}
