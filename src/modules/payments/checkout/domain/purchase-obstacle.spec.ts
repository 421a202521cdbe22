import { SUBSCRIPTION_STATUSES } from '../../domain/subscription';
import { findObstacle } from './purchase-obstacle';

const granted = { granted: true, reason: 'paid', nextAction: 'none' } as const;
const denied = { granted: false, reason: 'payment_failed', nextAction: 'update_payment_method' } as const;

describe('what a subscription means for a new purchase', () => {
  it.each(SUBSCRIPTION_STATUSES)('never sells beside a %s subscription that grants access', (status) => {
    const over = status === 'canceled' || status === 'incomplete_expired';

    expect(findObstacle(status, granted)).toBe(over ? 'none' : 'blocks');
  });

  it.each([
    ['unpaid', denied, 'dead'],
    ['past_due', denied, 'dead'],
    ['paused', { ...denied, reason: 'paused' }, 'paused'],
    [
      'incomplete',
      { granted: false, reason: 'payment_pending', nextAction: 'complete_payment' },
      'unfinished',
    ],
    ['active', { granted: false, reason: 'payment_pending', nextAction: 'wait' }, 'blocks'],
    ['active', { granted: false, reason: 'renewal_overdue', nextAction: 'update_payment_method' }, 'blocks'],
    ['active', { granted: false, reason: 'invoice_void', nextAction: 'subscribe' }, 'dead'],
    ['active', { granted: false, reason: 'refunded', nextAction: 'contact_support' }, 'dead'],
    ['active', { granted: false, reason: 'disputed', nextAction: 'contact_support' }, 'disputed'],
    ['trialing', { granted: false, reason: 'trial_ended', nextAction: 'wait' }, 'blocks'],
    ['unknown', { granted: false, reason: 'unknown_status', nextAction: 'contact_support' }, 'blocks'],
    ['canceled', denied, 'none'],
    ['incomplete_expired', denied, 'none'],
  ] as const)('%s, denied with %j: %s', (status, decision, obstacle) => {
    expect(findObstacle(status, decision)).toBe(obstacle);
  });
});
