export interface PastAttempt {
  /** 1 for the first attempt. */
  readonly number: number;
  readonly scorePercent: number;
  readonly isPassed: boolean;
  readonly submittedAt: Date;
}

export interface AttemptState {
  /** Of the attempt that the next submission makes. */
  readonly nextNumber: number;
  /** Undefined when the next submission is welcome at once. */
  readonly cooldownUntil: Date | undefined;
  readonly lastScorePercent: number | undefined;
  readonly bestScorePercent: number | undefined;
  /** Once passed stays passed. */
  readonly hasPassed: boolean;
}

const MINUTE_MS = 60_000;
const FIRST_COOLDOWN_MS = 2 * MINUTE_MS;
const LONGEST_COOLDOWN_MS = 30 * MINUTE_MS;
/** From this attempt on the right answers are shown also to whoever has not passed: by then they teach more than they spoil. */
const REVEAL_FROM_ATTEMPT = 3;

/** What the next attempt would be, from all earlier ones in any order. */
export function deriveAttemptState(attempts: readonly PastAttempt[], now: Date): AttemptState {
  const inOrder = attempts.toSorted((a, b) => a.number - b.number);
  const last = inOrder.at(-1);
  const scores = inOrder.map(({ scorePercent }) => scorePercent);
  return {
    nextNumber: (last?.number ?? 0) + 1,
    cooldownUntil: deriveCooldown(inOrder, now),
    lastScorePercent: last?.scorePercent,
    bestScorePercent: scores.length === 0 ? undefined : Math.max(...scores),
    hasPassed: inOrder.some(({ isPassed }) => isPassed),
  };
}

/** Two minutes after a failed attempt, twice as long after each further one in a row, half an hour at most. */
export function cooldownMsAfter(failuresInARow: number): number {
  if (failuresInARow === 0) return 0;
  return Math.min(FIRST_COOLDOWN_MS * 2 ** (failuresInARow - 1), LONGEST_COOLDOWN_MS);
}

/** Whether the answer to this attempt shows the right answers. */
export function areAnswersShown({ number, hasPassed }: { number: number; hasPassed: boolean }): boolean {
  return hasPassed || number >= REVEAL_FROM_ATTEMPT;
}

/**
 * Whether the answer to an attempt explains a question: always what was answered fully right, the rest together with the
 * right answers. An explanation says why the key is right, so before that it would be the key.
 */
export function isExplained({
  credit,
  areAnswersShown: all,
}: {
  credit: number;
  areAnswersShown: boolean;
}): boolean {
  return all || credit === 1;
}

function deriveCooldown(inOrder: readonly PastAttempt[], now: Date): Date | undefined {
  const last = inOrder.at(-1);
  if (last === undefined) return undefined;
  const failures = inOrder.length - 1 - inOrder.findLastIndex(({ isPassed }) => isPassed);
  const until = new Date(last.submittedAt.getTime() + cooldownMsAfter(failures));
  return until > now ? until : undefined;
}
