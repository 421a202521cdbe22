export type SearchKind = 'user_id' | 'customer' | 'stripe_id' | 'event' | 'last_four' | 'text';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const STRIPE_ID = /^(sub|cs|in|pi|py|ch|dp|du|re|pyr)_\w+$/;

/** What an operator typed into the one search box. Anything that is no id is part of an email address or a name. */
export function classifyQuery(query: string): SearchKind {
  if (UUID.test(query)) return 'user_id';
  if (/^cus_\w+$/.test(query)) return 'customer';
  if (/^evt_\w+$/.test(query)) return 'event';
  if (STRIPE_ID.test(query)) return 'stripe_id';
  return /^\d{4}$/.test(query) ? 'last_four' : 'text';
}
