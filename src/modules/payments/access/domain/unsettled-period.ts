import type { SubscriptionFacts } from 'src/modules/payments/domain/subscription';
import type { Access, AccessReason, NextAction } from './access';
import type { AccessPolicy, BilledInvoice } from './access-facts';
import { isCollecting, isFirst, type SubscriptionInvoices } from './subscription-invoices';

type Denial = Omit<Access, 'subscriptionId' | 'grantId' | 'stale'> & { readonly stale?: boolean };

/** Denied, or granted until a moment; `period_end`: like a paid period. `over` is said after that moment. */
export type Outcome =
  | { readonly denied: Denial }
  | { readonly until: 'period_end' }
  | { readonly until: Date; readonly nextAction?: NextAction; readonly over?: Denial };

interface Unsettled {
  readonly subscription: SubscriptionFacts;
  readonly invoices: SubscriptionInvoices;
  readonly current: BilledInvoice;
  readonly policy: AccessPolicy;
}

/** Of a trial's end: Stripe charges about an hour after it. A payment that takes longer is waited for without access. */
export const TRIAL_LEEWAY_MS = 3 * 3_600_000;

/** `active` at Stripe, with an invoice for the current period that is neither paid nor over nothing. */
export function unsettledPeriod(unsettled: Unsettled): Outcome {
  const { current } = unsettled;
  if (current.status === 'unknown') return deny('expired', 'unknown_status', 'contact_support');
  if (isFirst(current)) {
    // `active` is not `paid` for delayed methods: the first money must have arrived. Its webhook may have been lost.
    return isCollecting(current)
      ? deny('pending', 'payment_pending', 'wait')
      : deny('expired', 'invoice_void', 'subscribe');
  }
  if (current.status === 'void') return unlessPaused(unsettled, { until: 'period_end' });
  if (current.status === 'uncollectible') return writtenOff(unsettled);
  return collecting(unsettled);
}

function writtenOff(unsettled: Unsettled): Outcome {
  switch (unsettled.current.uncollectibleReason) {
    case 'user_forgiven':
      return { until: 'period_end' };
    case 'subscription_paused':
      return ofPause(unsettled);
    default:
      return deny('expired', 'written_off', 'contact_support');
  }
}

function collecting(unsettled: Unsettled): Outcome {
  const { subscription, invoices, current, policy } = unsettled;
  // A draft that nobody finalises cannot be paid: somebody stopped it on purpose.
  const isStopped = current.status === 'draft' && !current.autoAdvance;
  if (subscription.collectionPaused || isStopped) return ofPause(unsettled);
  if (current.collectionMethod === 'send_invoice') return sent(unsettled);
  if (invoices.hasPaid) return { until: later(current.createdAt, policy.renewalLeewayMs) };
  return {
    until: later(current.createdAt, TRIAL_LEEWAY_MS),
    over: denial('pending', 'payment_pending', 'wait'),
  };
}

/** Until the earliest due date of what was sent, and never while nothing was ever paid. */
function sent({ invoices, policy }: Unsettled): Outcome {
  if (!invoices.hasPaid) return deny('pending', 'payment_pending', 'complete_payment');
  const due = invoices.all
    .filter(isCollecting)
    .map(({ dueAt, createdAt }) => (dueAt ?? later(createdAt, policy.renewalLeewayMs)).getTime());
  return { until: new Date(Math.min(...due)), nextAction: 'update_payment_method' };
}

const unlessPaused = (unsettled: Unsettled, outcome: Outcome): Outcome =>
  unsettled.subscription.collectionPaused ? ofPause(unsettled) : outcome;

const ofPause = ({ policy }: Unsettled): Outcome =>
  policy.pausedCollection === 'keep'
    ? { until: 'period_end' }
    : deny('expired', 'collection_paused', 'contact_support');

const deny = (...said: Parameters<typeof denial>): Outcome => ({ denied: denial(...said) });

const denial = (state: Access['state'], reason: AccessReason, nextAction: NextAction): Denial => ({
  granted: false,
  state,
  reason,
  until: null,
  nextAction,
  stale: STALE.includes(reason),
});

/** Stripe could lift these any moment, and its event could have been lost. */
const STALE: readonly AccessReason[] = ['payment_pending', 'unknown_status'];

const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
