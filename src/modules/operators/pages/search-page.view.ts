import { html } from 'src/common/http/html';
import type { FoundUser } from 'src/modules/operators/user-search.service';
import { opsPage } from './ops-frame';
import { badge, card, table, time, words } from './ops-parts';

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
      : html`<p>Stripe customer <code>${customerId}</code> belongs to no account.</p>
          <p><a href="/ops/inbox?customer_id=${customerId}">Its events</a></p>`;
  return opsPage({
    title: `Search: ${q}`,
    section: '/ops/customers',
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
