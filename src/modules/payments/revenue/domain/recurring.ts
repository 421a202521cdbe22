import type { Recurring, SoldLine } from './revenue-facts';

const MONTH_MS = (365.25 / 12) * 86_400_000;

/** How many months a period has: a month has 28 to 31 days, a year 365 or 366. At least one. */
export const monthsOf = ({ periodStart, periodEnd }: Pick<SoldLine, 'periodStart' | 'periodEnd'>): number =>
  Math.max(1, Math.round((periodEnd - periodStart) / MONTH_MS));

const isSoldAt = (line: SoldLine, at: number): boolean =>
  line.paidAt <= at &&
  line.periodStart <= at &&
  at < line.periodEnd &&
  (line.endedAt === null || at < line.endedAt);

/**
 * What recurs at a moment. Of each subscription the line that began last counts: after a plan change it replaces the one that
 * was paid before. A yearly price counts a twelfth, rounded to the minor unit per subscription. Trials and lines that a
 * discount made free are no revenue.
 */
export function recurringAt(lines: readonly SoldLine[], at: number): Recurring {
  const current = new Map<string, SoldLine>();
  for (const line of lines) {
    if (!isSoldAt(line, at)) continue;
    const known = current.get(line.subscriptionId);
    if (known === undefined || known.periodStart < line.periodStart) current.set(line.subscriptionId, line);
  }
  const byCustomer = new Map<string, number>();
  for (const line of current.values()) {
    const monthly = Math.round(line.amountMinor / monthsOf(line));
    if (monthly > 0) byCustomer.set(line.customerId, (byCustomer.get(line.customerId) ?? 0) + monthly);
  }
  const mrrMinor = [...byCustomer.values()].reduce((sum, monthly) => sum + monthly, 0);
  return { mrrMinor, active: byCustomer.size, byCustomer };
}
