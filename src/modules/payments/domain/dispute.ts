/**
 * What became of a dispute. `open` blocks the money, `lost` has taken it for good, `won` has returned it. An `inquiry` is
 * a question from the bank, and a `prevented` dispute never became one: neither takes money.
 */
export const DISPUTE_STATUSES = ['inquiry', 'open', 'won', 'lost', 'prevented'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];
