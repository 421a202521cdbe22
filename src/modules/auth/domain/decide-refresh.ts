/**
 * How long a refresh token may be presented again after its rotation: the answer to the first request may have been
 * lost on the way, or two requests of one client may have crossed.
 */
export const RETRY_WINDOW_MS = 60_000;

/** What is stored about the presented token and its session; all times are the database's. */
export interface RefreshFacts {
  readonly now: Date;
  readonly tokenExpiresAt: Date;
  /** Null while the token has never been exchanged. */
  readonly rotatedAt: Date | null;
  /** The successor has itself been exchanged, so it certainly arrived. */
  readonly successorUsed: boolean;
  readonly sessionExpiresAt: Date;
  readonly sessionRevokedAt: Date | null;
}

/** rotate: give a successor. repeat: give the same successor again. reused: end the family. ended: refuse. */
export type RefreshDecision = 'rotate' | 'repeat' | 'reused' | 'ended';

/**
 * Refresh token rotation with reuse detection (RFC 9700, section 4.14.2) and a window for retries.
 * Only the parent of the newest token can be repeated: once the successor was used, anyone who still presents the
 * parent is not retrying a lost answer, and the window does not help them.
 */
export function decideRefresh(facts: RefreshFacts): RefreshDecision {
  const { now, rotatedAt } = facts;
  if (rotatedAt !== null && (facts.successorUsed || msBetween(rotatedAt, now) > RETRY_WINDOW_MS)) {
    return 'reused';
  }
  const over =
    facts.sessionRevokedAt !== null || facts.sessionExpiresAt <= now || facts.tokenExpiresAt <= now;
  if (over) return 'ended';
  return rotatedAt === null ? 'rotate' : 'repeat';
}

const msBetween = (from: Date, to: Date): number => to.getTime() - from.getTime();
