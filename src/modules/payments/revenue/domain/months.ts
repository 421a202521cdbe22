import { recurringAt } from './recurring';
import type { MonthOfRevenue, MovedPayment, Recurring, RevenueFacts } from './revenue-facts';

/** Stripe's price for a card payment until the fee itself is known: 2.9 % and 30 cents. */
export const estimateFee = (amountMinor: number): number => Math.round(amountMinor * 0.029) + 30;

export interface Month {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The calendar months in UTC that end with the one of `now`, oldest first. The last one ends now. */
export function lastMonths(now: number, count: number): Month[] {
  const today = new Date(now);
  return Array.from({ length: count }, (_, index) => {
    const first = (offset: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset, 1);
    const offset = index - count + 1;
    const start = first(offset);
    return { name: new Date(start).toISOString().slice(0, 7), start, end: Math.min(first(offset + 1), now) };
  });
}

/** What recurs at the end of each month, who came and left in it, and what money moved in it. */
export function revenueByMonth(facts: RevenueFacts, now: number, count: number): MonthOfRevenue[] {
  return lastMonths(now, count).map((month) => {
    const before = recurringAt(facts.lines, month.start);
    const after = recurringAt(facts.lines, month.end);
    return { month: month.name, ...change(before, after), ...moved(facts, month) };
  });
}

function change(before: Recurring, after: Recurring) {
  const left = [...before.byCustomer].filter(([customer]) => !after.byCustomer.has(customer));
  const churnedMinor = left.reduce((sum, [, monthly]) => sum + monthly, 0);
  return {
    mrrMinor: after.mrrMinor,
    active: after.active,
    newCustomers: [...after.byCustomer.keys()].filter((customer) => !before.byCustomer.has(customer)).length,
    churnedCustomers: left.length,
    churnedMinor,
    customerChurn: before.active === 0 ? null : left.length / before.active,
    revenueChurn: before.mrrMinor === 0 ? null : churnedMinor / before.mrrMinor,
  };
}

function moved({ payments, refunds, disputes }: RevenueFacts, { start, end }: Month) {
  const isWithin = ({ at }: { readonly at: number }) => start <= at && at < end;
  const arrived = payments.filter((payment) => isWithin(payment) && !payment.failed);
  const grossMinor = sum(arrived, ({ amountMinor }) => amountMinor);
  const feesMinor = sum(arrived, ({ amountMinor, feeMinor }) => feeMinor ?? estimateFee(amountMinor));
  const refundedMinor = sum(refunds.filter(isWithin), ({ amountMinor }) => amountMinor);
  return {
    grossMinor,
    refundedMinor,
    feesMinor,
    netMinor: grossMinor - refundedMinor - feesMinor,
    failedPayments: payments.filter((payment: MovedPayment) => isWithin(payment) && payment.failed).length,
    disputes: disputes.filter(isWithin).length,
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
