import { formatDay, formatMoney } from 'src/common/domain/money';
import type { SubscriptionFacts, SubscriptionStatus } from 'src/modules/payments/domain/subscription';
import type { FurtherCharges } from './decide-cancel';

export interface Change {
  readonly subscription: Pick<SubscriptionFacts, 'status' | 'cancelAt'>;
  readonly accessUntil: Date | null;
  /** Present after a cancellation. */
  readonly charges?: FurtherCharges;
  /** What the next renewal charges, when it is known. */
  readonly renewal?:
    { readonly amountMinor: number; readonly currency: string; readonly at: Date } | undefined;
}

const OVER: readonly SubscriptionStatus[] = ['canceled', 'incomplete_expired'];
export const isOver = (status: SubscriptionStatus): boolean => OVER.includes(status);

const CHARGES: Readonly<Record<FurtherCharges, string>> = {
  none: 'Nothing more will be charged.',
  payment_in_processing:
    'A payment is already on its way to us and may still arrive. Nothing else will be charged.',
  until_end: 'It is charged as agreed until then, and never after.',
};

/** What happened to a subscription, in words that a student may rely on. */
export function describeChange({ subscription, accessUntil, charges, renewal }: Change): string {
  const { status, cancelAt } = subscription;
  if (isOver(status)) {
    return `Your subscription has ended, and any open payment for it was cancelled. ${CHARGES[charges ?? 'none']}`;
  }
  if (cancelAt === null) return describeRenewal(renewal);
  const end = accessUntil ?? cancelAt;
  return `Your subscription ends on ${formatDay(cancelAt)}. Premium stays until ${formatDay(end)}. ${CHARGES[charges ?? 'none']}`;
}

const describeRenewal = (renewal: Change['renewal']): string =>
  renewal === undefined
    ? 'Your subscription renews at the end of the period.'
    : `Your subscription renews on ${formatDay(renewal.at)}, for ${formatMoney(renewal.amountMinor, renewal.currency)}.`;
