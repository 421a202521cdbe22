import { aSubscription, PERIOD_END } from '../../../../../test/factories/subscription.factory';
import { decideResume } from './decide-resume';

describe('decideResume', () => {
  it('undoes a scheduled end', () => {
    expect(decideResume([aSubscription({ cancelAt: PERIOD_END })])).toEqual({
      kind: 'undo',
      subscriptionId: 'sub_1',
    });
  });

  it.each(['active', 'trialing'] as const)(
    'changes nothing when a subscription that is %s renews anyway',
    (status) => {
      expect(decideResume([aSubscription({ status })])).toEqual({ kind: 'unchanged' });
    },
  );

  it.each(['past_due', 'unpaid', 'incomplete'] as const)(
    'says that a subscription that is %s needs a payment first',
    (status) => {
      expect(decideResume([aSubscription({ status })])).toEqual({
        kind: 'refuse',
        because: 'payment_needed',
      });
    },
  );

  it.each(['canceled', 'incomplete_expired'] as const)(
    'says that a subscription that is %s has ended',
    (status) => {
      expect(decideResume([aSubscription({ status })])).toEqual({ kind: 'refuse', because: 'ended' });
    },
  );

  it('says that there is none', () => {
    expect(decideResume([])).toEqual({ kind: 'refuse', because: 'none' });
  });
});
