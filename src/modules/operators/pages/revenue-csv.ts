import type { MonthOfRevenue, RevenueReport } from 'src/modules/payments';

const COLUMNS: readonly (readonly [name: string, value: (month: MonthOfRevenue) => string | number])[] = [
  ['month', ({ month }) => month],
  ['mrr_minor', ({ mrrMinor }) => mrrMinor],
  ['active_customers', ({ active }) => active],
  ['new_customers', ({ newCustomers }) => newCustomers],
  ['churned_customers', ({ churnedCustomers }) => churnedCustomers],
  ['churned_mrr_minor', ({ churnedMinor }) => churnedMinor],
  ['customer_churn', ({ customerChurn }) => customerChurn?.toFixed(4) ?? ''],
  ['revenue_churn', ({ revenueChurn }) => revenueChurn?.toFixed(4) ?? ''],
  ['gross_minor', ({ grossMinor }) => grossMinor],
  ['refunded_minor', ({ refundedMinor }) => refundedMinor],
  ['fees_minor', ({ feesMinor }) => feesMinor],
  ['net_minor', ({ netMinor }) => netMinor],
  ['failed_payments', ({ failedPayments }) => failedPayments],
  ['disputes', ({ disputes }) => disputes],
];

/** RFC 4180. All values are numbers and dates of ours, so none needs quotes. */
export function revenueCsv({ currency, months }: RevenueReport): string {
  const head = [...COLUMNS.map(([name]) => name), 'currency'];
  const rows = months.map((month) => [...COLUMNS.map(([, value]) => value(month)), currency]);
  return [head, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}
