import { hasCustomer, type EventHandling } from './stripe-event';

/** What decides whether a row may be worked on again. */
export interface ReplayCandidate {
  readonly status: string;
  readonly statusReason: string | null;
  readonly customerId: string | null;
  readonly objectId: string | null;
}

/** Why a row is not replayed, in words for the operator; undefined when it may be. */
export function findReasonNotToReplay(event: ReplayCandidate, handling: EventHandling): string | undefined {
  switch (event.status) {
    case 'pending':
      return 'It is waiting for its turn already.';
    case 'processed':
      return 'It has been processed. To fetch the current state from Stripe, sync the user.';
    case 'quarantined':
      return 'It is not a Stripe event.';
    default:
      return findReasonInContent(event, handling);
  }
}

function findReasonInContent(event: ReplayCandidate, handling: EventHandling): string | undefined {
  if (event.statusReason === 'livemode_mismatch')
    return 'It comes from the other mode, test or live, of Stripe.';
  if (handling === 'none') return 'Events of this type mean no work here.';
  return hasCustomer(event, handling) ? undefined : 'It belongs to no customer.';
}
