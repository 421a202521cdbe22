import type { Access } from 'src/modules/payments/access/domain/access';
import type { SubscriptionStatus } from 'src/modules/payments/domain/subscription';

/**
 * What an existing subscription means for a new purchase.
 *
 * - `none`: it is over.
 * - `blocks`: it bills or will bill; a second one would charge twice.
 * - `disputed`: its payment is in dispute, which support settles first.
 * - `dead`: it gives nothing and is ended first, unless a payment of it is still on its way.
 * - `paused`: dead, unless the pause was requested; then support resumes it.
 * - `unfinished`: its first payment was not completed; dead, unless the bank waits for the student.
 */
export type PurchaseObstacle = 'none' | 'blocks' | 'disputed' | 'dead' | 'paused' | 'unfinished';

/** Total over Stripe's statuses. `decision` is what the access rule says of this subscription alone. */
export function findObstacle(
  status: SubscriptionStatus,
  decision: Pick<Access, 'granted' | 'reason' | 'nextAction'>,
): PurchaseObstacle {
  if (status === 'canceled' || status === 'incomplete_expired') return 'none';
  if (decision.granted) return 'blocks';
  if (decision.reason === 'disputed') return 'disputed';
  switch (status) {
    case 'unpaid':
    case 'past_due':
      return 'dead';
    case 'paused':
      return 'paused';
    case 'incomplete':
      return 'unfinished';
    case 'active':
    case 'trialing':
      // Refunded, void or written off: it would go on billing for nothing.
      return decision.reason === 'refunded' || decision.nextAction === 'subscribe' ? 'dead' : 'blocks';
    case 'unknown':
      return 'blocks';
  }
}
