const DAY = 86_400;

/**
 * When a failed renewal is tried again: `retryDays` are counted from the first failure and `attempts` is how often it
 * has been tried. Undefined after the last one.
 */
export function nextRetry(
  firstFailure: number,
  attempts: number,
  retryDays: readonly number[],
): number | undefined {
  const day = retryDays[attempts - 1];
  return day === undefined ? undefined : firstFailure + day * DAY;
}

/** Declines after which Stripe does not charge the same method again. */
const HARD_DECLINES = new Set([
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'stolen_card',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
  'authentication_required',
  'highest_risk_level',
  'transaction_not_allowed',
]);

export function isHardDecline(code: string | null | undefined): boolean {
  return code !== null && code !== undefined && HARD_DECLINES.has(code);
}
