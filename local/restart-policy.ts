export interface RestartDecision {
  /** Undefined: it crashed too often, give up. */
  readonly waitMs: number | undefined;
  /** Crashes that still count, the newest last; hand them in next time. */
  readonly crashes: readonly number[];
}

const WINDOW_MS = 60_000;
const MAX_CRASHES = 4;
const FIRST_WAIT_MS = 250;

/** Waits 0.25, 0.5, 1 and 2 s before the restarts of a minute; the fifth crash within a minute is one too many. */
export function decideRestart(earlier: readonly number[], nowMs: number): RestartDecision {
  const crashes = [...earlier.filter((time) => time > nowMs - WINDOW_MS), nowMs];
  const waitMs = crashes.length > MAX_CRASHES ? undefined : FIRST_WAIT_MS * 2 ** (crashes.length - 1);
  return { waitMs, crashes };
}
