import { html, type Html } from 'src/common/http/html';
import type { ListRow } from 'src/modules/operators/customer-lists.service';
import { CUSTOMER_LISTS, type CustomerList } from 'src/modules/payments';
import { opsPage } from './ops-frame';
import { card, table, time, words } from './ops-parts';

export const UNMATCHED = 'unmatched_payments';
export const LIST_NAMES = [...CUSTOMER_LISTS, UNMATCHED] as const;
export type ListName = CustomerList | typeof UNMATCHED;

const TITLES: Readonly<Record<ListName, readonly [title: string, text: string, date: string]>> = {
  past_due: ['Past due', 'A renewal was not paid. Access ends with the grace period.', 'Unpaid since'],
  losing_access: [
    'Losing access within 7 days',
    'Unless something happens, access ends on the date.',
    'Ends',
  ],
  newest_premium: ['Newest premium', 'Who got access last.', 'Since'],
  two_subscriptions: [
    'More than one live subscription',
    'They pay twice. End and refund one on the customer’s page.',
    'Latest',
  ],
  disputes: ['Open disputes', 'Answer them in the Stripe dashboard before they are due.', 'Opened'],
  unmatched_payments: ['Unmatched payments', 'Money of Stripe customers that belong to no account.', 'Seen'],
};

export function listPage(name: ListName, rows: readonly ListRow[]): string {
  const [title, text, date] = TITLES[name];
  return opsPage({
    title,
    section: '/ops/lists/newest_premium',
    body: html`<ul class="links">
        ${LIST_NAMES.map((other) => link(other, other === name))}
      </ul>
      <h1>${title}</h1>
      <p class="lead">${text} At most a hundred are shown.</p>
      ${card(title, table(['Customer', 'What', date], rows.map(row), 'Nobody is in this list.'))}`,
  });
}

const link = (name: ListName, current: boolean): Html =>
  current
    ? html`<li><a href="/ops/lists/${name}" aria-current="page">${TITLES[name][0]}</a></li>`
    : html`<li><a href="/ops/lists/${name}">${TITLES[name][0]}</a></li>`;

const row = ({ user, customerId, what, at }: ListRow) => [
  user === undefined
    ? html`<a href="/ops/search?q=${customerId}">${customerId}</a>`
    : html`<a href="/ops/customers/${user.id}">${user.email}</a><br /><span class="soft"
          >${user.fullName}</span
        >`,
  words(what),
  time(at) ?? '',
];
