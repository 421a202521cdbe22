export interface PastAttempt {
  /** 1 for the first attempt. */
  readonly number: number;
  readonly scorePercent: number;
  readonly isPassed: boolean;
  readonly submittedAt: Date;
}

export interface AttemptState {
  /** The number that the next submission gets. */
  readonly nextNumber: number;
  /** Undefined when the student can submit now. */
  readonly cooldownUntil: Date | undefined;
  readonly lastScorePercent: number | undefined;
  readonly bestScorePercent: number | undefined;
  /** Stays true after the first passed attempt. */
  readonly hasPassed: boolean;
}

const MINUTE_MS = 60_000;
const FIRST_COOLDOWN_MS = 2 * MINUTE_MS;
const LONGEST_COOLDOWN_MS = 30 * MINUTE_MS;
/** From this attempt on, students who have not passed see the right answers too. */
const REVEAL_FROM_ATTEMPT = 3;

/** The state of the next attempt, from all earlier attempts in any order. */
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

/** Two minutes after a failed attempt, twice as long after each further failure in a row, at most half an hour. */
export function cooldownMsAfter(failuresInARow: number): number {
  if (failuresInARow === 0) return 0;
  return Math.min(FIRST_COOLDOWN_MS * 2 ** (failuresInARow - 1), LONGEST_COOLDOWN_MS);
}

/** Whether the result of this attempt shows the right answers. */
export function areAnswersShown({ number, hasPassed }: { number: number; hasPassed: boolean }): boolean {
  return hasPassed || number >= REVEAL_FROM_ATTEMPT;
}

/**
 * Whether the result of an attempt explains a question. Fully right answers are always explained; the others only together
 * with the right answers, because an explanation reveals the right answer.
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
