import { html, type Html } from 'src/common/http/html';
import type { Case } from 'src/modules/operators/case.service';
import type { SeenInvoice, SeenPayment, StoredSubscription } from 'src/modules/payments';
import { badge, card, money, table, time, words, type Tone } from './ops-parts';

const TONES: Readonly<Record<string, Tone>> = {
  active: 'good',
  trialing: 'good',
  paid: 'good',
  past_due: 'warn',
  open: 'warn',
  unpaid: 'bad',
  paused: 'warn',
};

/** Subscriptions, invoices, refunds, disputes, grants and the latest payment link. Empty lists are left out. */
export function moneyCards({ subscriptions, invoices, facts }: Case): Html[] {
  const rows = subscriptions.map(subscriptionRow);
  const currencyOf = (invoiceId: string) => invoices.find(({ id }) => id === invoiceId)?.currency ?? 'usd';
  const refunds = facts.refunds.map((refund) => refundRow(refund, currencyOf(refund.invoiceId)));
  return [
    card(
      'Subscriptions',
      table(['Subscription', 'Status', 'Plan', 'Paid until', 'Ends', 'Created'], rows, 'None.'),
    ),
    ...list(
      'Invoices',
      ['Invoice', 'Status', 'Total', 'Paid', 'Payment', 'Created'],
      invoices.map(invoiceRow),
    ),
    ...list('Refunds', ['Refund', 'Invoice', 'Amount', 'Created'], refunds),
    ...list('Disputes', ['Dispute', 'Invoice', 'Status', 'Created'], facts.disputes.map(disputeRow)),
    ...list('Complimentary access', ['From', 'Until', 'Revoked', 'Reason'], facts.grants.map(grantRow)),
    ...list('Latest payment link', ['Session', 'Plan', 'Status', 'Payment', 'Created'], checkoutRows(facts)),
  ];
}

type Facts = Case['facts'];
type Row = Parameters<typeof table>[1][number];

const list = (title: string, columns: readonly string[], rows: readonly Row[]): Html[] =>
  rows.length === 0 ? [] : [card(title, table(columns, rows, ''))];

const code = (id: string): Html => html`<code>${id}</code>`;

const subscriptionRow = (subscription: StoredSubscription): Row => [
  code(subscription.id),
  badge(words(subscription.status), TONES[subscription.status]),
  subscription.plan ?? 'other price',
  time(subscription.currentPeriodEnd),
  time(subscription.endedAt ?? subscription.cancelAt) ?? 'renews',
  time(subscription.createdAt),
];

const invoiceRow = (invoice: SeenInvoice): Row => [
  html`${invoice.number ?? ''}<br /><code>${invoice.id}</code>`,
  badge(invoice.status, TONES[invoice.status] ?? 'bad'),
  money(invoice.totalMinor, invoice.currency),
  money(invoice.paidMinor, invoice.currency),
  html`${invoice.payments.map((payment) => paymentPart(payment, invoice.currency))}`,
  time(invoice.createdAt),
];

function paymentPart(payment: SeenPayment, currency: string): Html {
  const cardName = payment.cardLast4 === null ? '' : `${payment.cardBrand ?? 'card'} ${payment.cardLast4}`;
  const refunded =
    payment.refundedMinor === 0
      ? undefined
      : badge(`${money(payment.refundedMinor, currency)} refunded`, 'warn');
  return html`<div>
    ${cardName} ${payment.failureCode === null ? undefined : badge(words(payment.failureCode), 'bad')}
    ${refunded} ${payment.disputed ? badge('disputed', 'bad') : undefined}
    <br /><code>${payment.chargeId ?? payment.paymentIntentId ?? ''}</code>
  </div>`;
}

const refundRow = (
  { id, invoiceId, amountMinor, full, createdAt }: Facts['refunds'][number],
  currency: string,
): Row => [
  code(id),
  code(invoiceId),
  html`${money(amountMinor, currency)} ${full ? badge('full', 'bad') : badge('partial')}`,
  time(createdAt),
];

const disputeRow = ({ id, invoiceId, status, createdAt }: Facts['disputes'][number]): Row => [
  code(id),
  code(invoiceId),
  badge(status, status === 'won' ? 'good' : 'bad'),
  time(createdAt),
];

const grantRow = ({ startsAt, endsAt, revokedAt, reason }: Facts['grants'][number]): Row => [
  time(startsAt),
  time(endsAt) ?? 'no end',
  time(revokedAt) ?? 'no',
  reason,
];

const checkoutRows = ({ checkout }: Facts): Row[] =>
  checkout === undefined
    ? []
    : [
        [
          code(checkout.sessionId),
          checkout.plan,
          badge(checkout.status),
          words(checkout.paymentStatus),
          time(checkout.createdAt),
        ],
      ];
