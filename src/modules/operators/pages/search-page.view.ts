import { html, type Html } from 'src/common/http/html';
import type { FoundUser } from 'src/modules/operators/user-search.service';
import { findingPart } from './customer-page.view';
import { opsPage } from './ops-frame';
import { actForm, badge, card, hidden, table, time, words } from './ops-parts';

export interface SearchPage {
  readonly q: string;
  readonly found: readonly FoundUser[];
  /** A customer at Stripe that belongs to no account. */
  readonly customerId: string | undefined;
}

export function searchPage({ q, found, customerId }: SearchPage): string {
  const result =
    customerId === undefined
      ? table(
          ['Customer', 'Access', 'Reason', 'Until', 'Registered'],
          found.map(row),
          'Nothing matches. Try a part of the name, or an id from the receipt.',
        )
      : unmatchedPart(customerId);
  return opsPage({
    title: `Search: ${q}`,
    section: '/ops/lists/newest_premium',
    query: q,
    body: html`<h1>Search</h1>
      <p class="lead">${found.length} ${found.length === 1 ? 'match' : 'matches'} for “${q}”</p>
      ${card('Results', result)}`,
  });
}

const row = ({ user, access }: FoundUser) => [
  html`<a href="/ops/customers/${user.id}">${user.email}</a><br /><span class="soft">${user.fullName}</span>`,
  badge(access.granted ? 'has access' : 'no access', access.granted ? 'good' : 'info'),
  words(access.reason),
  time(access.until) ?? '',
  time(user.createdAt),
];

/** A customer that belongs to nobody, and the act that ties it to the account of the person who paid. */
const unmatchedPart = (customerId: string): Html =>
  html`${findingPart({
      code: 'unmatched_customer',
      tone: 'warn',
      title: `Stripe customer ${customerId} belongs to no account`,
      text: 'What it paid gives nobody access. Find out who paid, and bind it to that account.',
    })}
    <p><a href="/ops/inbox?customer_id=${customerId}">Its events</a></p>
    ${actForm({
      action: '/ops/search/bind',
      name: 'Bind to an account',
      submit: 'Bind',
      text: 'What the customer paid counts for the account from then on.',
      fields: html`${hidden({ customer_id: customerId })}<label
          >Email address of the account<input name="email" type="email" required
        /></label>`,
      confirm: 'This payment was made by this person.',
    })}`;
