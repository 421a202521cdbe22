import { html, type Html } from 'src/common/http/html';
import type { MonthOfRevenue, RevenueReport } from 'src/modules/payments';
import { barPlot } from './bar-plot';
import { opsPage } from './ops-frame';
import { card, moment, money, table } from './ops-parts';

const percent = (share: number | null): string => (share === null ? '' : `${(share * 100).toFixed(1)} %`);

export function revenuePage(report: RevenueReport): string {
  const { currency, at, months } = report;
  const amount = (minor: number) => money(minor, currency);
  const plot = (title: string, value: (month: MonthOfRevenue) => number, label: (value: number) => string) =>
    card(
      title,
      barPlot(
        title,
        months.map((month) => ({ name: month.month, value: value(month), label: label(value(month)) })),
      ),
    );
  return opsPage({
    title: 'Revenue',
    section: '/ops/revenue',
    body: html`<h1>Revenue</h1>
      <p class="lead">
        In ${currency.toUpperCase()}, as of ${moment(at)}. Computed from paid lines of finalised invoices.
        <a href="/ops/revenue.csv">Download CSV</a>
      </p>
      ${tiles(report, amount)} ${plot('Monthly recurring revenue', ({ mrrMinor }) => mrrMinor, amount)}
      ${plot('Net after refunds and fees', ({ netMinor }) => netMinor, amount)}
      ${plot('Active customers', ({ active }) => active, String)}
      ${plot('Customers who left', ({ churnedCustomers }) => churnedCustomers, String)}
      ${card('Twelve months', monthsTable(months, amount))}`,
  });
}

const share = (value: number | null | undefined): string => percent(value ?? 0);

function tiles(
  { months, trials, pastDue, atRiskMinor }: RevenueReport,
  amount: (minor: number) => string,
): Html[] {
  return months.slice(-1).map((now) => {
    const pairs: [name: string, value: string | number][] = [
      ['MRR', amount(now.mrrMinor)],
      ['active customers', now.active],
      ['trials', trials],
      ['churn this month', share(now.customerChurn)],
      ['revenue churn this month', share(now.revenueChurn)],
      ['net this month', amount(now.netMinor)],
      ['failed payments this month', now.failedPayments],
      [`at risk, ${pastDue} past due`, amount(atRiskMinor)],
      ['refunds this month', amount(now.refundedMinor)],
      ['disputes this month', now.disputes],
    ];
    const parts = pairs.map(([name, value]) => html`<div class="tile"><b>${value}</b>${name}</div>`);
    return html`<div class="tiles">${parts}</div>`;
  });
}

const monthsTable = (months: readonly MonthOfRevenue[], amount: (minor: number) => string): Html =>
  table(
    [
      'Month',
      'MRR',
      'Active',
      'New',
      'Left',
      'Churn',
      'Revenue churn',
      'Gross',
      'Refunds',
      'Fees',
      'Net',
      'Failed',
    ],
    months
      .toReversed()
      .map((month) => [
        month.month,
        amount(month.mrrMinor),
        month.active,
        month.newCustomers,
        month.churnedCustomers,
        percent(month.customerChurn),
        percent(month.revenueChurn),
        amount(month.grossMinor),
        amount(month.refundedMinor),
        amount(month.feesMinor),
        amount(month.netMinor),
        month.failedPayments,
      ]),
    'Nothing was billed yet.',
  );
