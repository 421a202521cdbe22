/**
 * What only a person can settle.
 *
 * - `double_subscription`: more than one live subscription bills the same student. Fact: the user.
 * - `unmatched_payment`: money arrived from a customer that belongs to no user. Fact: the Checkout Session or the invoice.
 * - `price_unavailable`: a configured price cannot be sold. Fact: the price.
 * - `foreign_schedule`: a schedule that we did not make manages a subscription. Fact: the schedule.
 * - `renewal_not_changed`: Stripe refuses to stop the renewal of revoked access, or to restore one. Fact: the subscription.
 * - `money_after_deletion`: money arrived for an account that was deleted. Fact: the invoice or the charge.
 */
export const OPERATOR_TASK_KINDS = [
  'double_subscription',
  'unmatched_payment',
  'price_unavailable',
  'foreign_schedule',
  'renewal_not_changed',
  'money_after_deletion',
] as const;
export type OperatorTaskKind = (typeof OPERATOR_TASK_KINDS)[number];

/** Ids, amounts and codes, never personal data: a task outlives the account that it is about. */
export type TaskDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface NewOperatorTask {
  readonly kind: OperatorTaskKind;
  /** Identifies the business fact within its kind: one task per fact, however often it is reported. */
  readonly fact: string;
  readonly customerId?: string | undefined;
  readonly userId?: string | undefined;
  readonly details: TaskDetails;
}

export interface OperatorTask {
  readonly id: string;
  readonly kind: OperatorTaskKind;
  readonly fact: string;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly details: TaskDetails;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  /** The operator's user id, or `system` when the fact itself went away. */
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
}
