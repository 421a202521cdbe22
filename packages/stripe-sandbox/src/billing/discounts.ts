/** What one discount takes off; exactly one of the two is set. */
export interface Reduction {
  percent_off: number | null;
  amount_off: number | null;
  /** Which lines it may touch; all when absent. */
  applies?: (line: number) => boolean;
}

/**
 * Splits `total` by weights without losing or inventing a cent: shares are rounded down and the rest goes to the
 * largest remainders, earlier ones first. All zero when there is no weight.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const missing = total - shares.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, missing)) shares[i] = (shares[i] as number) + 1;
  return shares;
}

/** Half a cent rounds up, also for percentages such as 33.33 that binary fractions cannot hold. */
function percentOf(amount: number, percent: number): number {
  return Math.round((amount * Math.round(percent * 10_000)) / 1_000_000);
}

/**
 * What each discount takes off each line: `result[discount][line]`. Discounts apply in order, each to what the former
 * ones left. A line never goes below zero; credits (negative lines) are left alone.
 */
export function discountLines(lines: readonly number[], reductions: readonly Reduction[]): number[][] {
  const left = lines.map((amount) => Math.max(0, amount));
  return reductions.map((reduction) => {
    const weights = left.map((amount, i) => ((reduction.applies?.(i) ?? true) ? amount : 0));
    const eligible = weights.reduce((a, b) => a + b, 0);
    const off =
      reduction.percent_off === null
        ? Math.min(eligible, reduction.amount_off ?? 0)
        : percentOf(eligible, reduction.percent_off);
    const shares = allocate(off, weights);
    for (const [i, share] of shares.entries()) left[i] = (left[i] as number) - share;
    return shares;
  });
}
