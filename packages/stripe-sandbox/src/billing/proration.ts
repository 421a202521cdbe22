/** What was charged for a stretch of time; `amount` in the smallest unit, times in seconds. */
export interface Debit {
  amount: number;
  start: number;
  end: number;
}

/**
 * What of a debit is not used yet at `at`: the originally debited amount by the seconds left, as flexible billing
 * credits it. Never more than was debited, never less than zero.
 */
export function unusedPart({ amount, start, end }: Debit, at: number): number {
  if (end <= start) return 0;
  const left = Math.min(Math.max(end - at, 0), end - start);
  return Math.round((amount * left) / (end - start));
}

/** What the rest of a period from `at` costs, given the price of a whole one. */
export function restOfPeriod(amount: number, period: { start: number; end: number }, at: number): number {
  return unusedPart({ amount, ...period }, at);
}

/**
 * What a customer owes for `total` when `balance` (negative: credit, positive: debt) is settled with it, and the balance
 * after. Nothing is lost: `due - total === balance - after`.
 */
export function settleBalance(total: number, balance: number): { due: number; after: number } {
  const sum = total + balance;
  return sum < 0 ? { due: 0, after: sum } : { due: sum, after: 0 };
}
