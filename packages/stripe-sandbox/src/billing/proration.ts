/** A charge for a period; `amount` in the smallest unit, times in seconds. */
export interface Debit {
  amount: number;
  start: number;
  end: number;
}

/**
 * The unused part of a debit at `at`: the originally debited amount by the seconds left, as flexible billing
 * credits it. Stripe rounds every proration down, so a credit, which is negative, grows to the next cent.
 * Never more than was debited, never less than zero.
 */
export function unusedPart(debit: Debit, at: number): number {
  return Math.ceil(exactRest(debit, at));
}

function exactRest({ amount, start, end }: Debit, at: number): number {
  if (end <= start) return 0;
  const left = Math.min(Math.max(end - at, 0), end - start);
  return (amount * left) / (end - start);
}

/** The price of the rest of a period from `at`, rounded down. */
export function restOfPeriod(amount: number, period: { start: number; end: number }, at: number): number {
  return Math.floor(exactRest({ amount, ...period }, at));
}

/**
 * The amount due for `total` after `balance` (negative: credit, positive: debt) is settled with it, and the remaining
 * balance. No amount is lost: `due - total === balance - after`.
 */
export function settleBalance(total: number, balance: number): { due: number; after: number } {
  const sum = total + balance;
  return sum < 0 ? { due: 0, after: sum } : { due: sum, after: 0 };
}
