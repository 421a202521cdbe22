import type { SubscriptionFacts } from 'src/modules/payments/domain/subscription';
import type { BilledInvoice, DecisionContext } from './access-facts';
import { invoicesOf } from './subscription-invoices';

/** Money that was taken back, for a period that holds now. */
export interface Revocation {
  readonly cause: 'refunded' | 'disputed' | 'dispute_lost';
  readonly start: Date;
  readonly end: Date;
}

/**
 * The period of `subscription` that was revoked and holds now, or the next one to come: a full refund or a dispute
 * takes the periods of all lines of its invoice, also when more was billed since. A refund outweighs a dispute.
 */
export function findRevocation(
  subscription: SubscriptionFacts,
  context: DecisionContext,
): { readonly now: Revocation | undefined; readonly nextStart: Date | undefined } {
  const periods = invoicesOf(subscription, context).all.flatMap((invoice) => revokedBy(invoice, context));
  const current = periods.filter(({ start, end }) => start <= context.now && context.now < end);
  const starts = periods.map(({ start }) => start).filter((start) => start > context.now);
  return {
    now: current.sort((a, b) => WEIGHT[a.cause] - WEIGHT[b.cause])[0],
    nextStart: starts.sort((a, b) => a.getTime() - b.getTime())[0],
  };
}

const WEIGHT: Record<Revocation['cause'], number> = { refunded: 0, dispute_lost: 1, disputed: 2 };

function revokedBy({ id, periods }: BilledInvoice, context: DecisionContext): Revocation[] {
  const cause = causeOf(id, context);
  return cause === undefined ? [] : periods.map(({ start, end }) => ({ cause, start, end }));
}

function causeOf(id: string, { facts, policy }: DecisionContext): Revocation['cause'] | undefined {
  if (facts.refunds.some(({ invoiceId, full }) => full && invoiceId === id)) return 'refunded';
  const disputes = facts.disputes.filter(({ invoiceId }) => invoiceId === id);
  if (disputes.some(({ status }) => status === 'lost')) return 'dispute_lost';
  const isOpen = policy.disputes === 'revoke' && disputes.some(({ status }) => status === 'open');
  return isOpen ? 'disputed' : undefined;
}

/** What a revocation does to the renewal: money that is gone ends it now, an open dispute may still be won. */
export function renewalAfter({ cause }: Revocation): 'end_now' | 'end_at_period_end' {
  return cause === 'disputed' ? 'end_at_period_end' : 'end_now';
}
