import { html, type Html } from 'src/common/http/html';
import type { Case } from 'src/modules/operators/case.service';
import type { StoredSubscription } from 'src/modules/payments';
import { badge, card, table, time, words, type Tone } from './ops-parts';

const TONES: Readonly<Record<string, Tone>> = {
  active: 'good',
  trialing: 'good',
  past_due: 'warn',
  unpaid: 'bad',
  paused: 'warn',
};

/** Subscriptions, refunds, disputes, grants and the latest payment link, each with its id. Empty lists are left out. */
export function moneyCards({ subscriptions, facts }: Case): Html[] {
  const rows = subscriptions.map(subscriptionRow);
  return [
    card(
      'Subscriptions',
      table(['Subscription', 'Status', 'Plan', 'Paid until', 'Ends', 'Created'], rows, 'None.'),
    ),
    ...list('Refunds', ['Refund', 'Invoice', 'Amount', 'Created'], facts.refunds.map(refundRow)),
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

const refundRow = ({ id, invoiceId, amountMinor, full, createdAt }: Facts['refunds'][number]): Row => [
  code(id),
  code(invoiceId),
  html`${(amountMinor / 100).toFixed(2)} ${full ? badge('full', 'bad') : badge('partial')}`,
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
