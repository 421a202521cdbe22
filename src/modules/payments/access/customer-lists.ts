/** The lists of customers that operators look at. */
export const CUSTOMER_LISTS = [
  'past_due',
  'losing_access',
  'newest_premium',
  'two_subscriptions',
  'disputes',
] as const;
export type CustomerList = (typeof CUSTOMER_LISTS)[number];
