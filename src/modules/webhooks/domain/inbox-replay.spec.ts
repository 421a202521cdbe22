import { findReasonNotToReplay } from './inbox-replay';

const row = { status: 'dead', statusReason: null, customerId: 'cus_1', objectId: 'in_1' };

describe('findReasonNotToReplay', () => {
  it.each([
    ['a dead event', row],
    [
      'one whose customer was not ours at the time',
      { ...row, status: 'ignored', statusReason: 'unmatched_customer' },
    ],
    ['one of a type that is handled by now', { ...row, status: 'ignored', statusReason: 'type_not_handled' }],
  ])('lets %s be replayed', (_, event) => {
    expect(findReasonNotToReplay(event, 'sync_only')).toBeUndefined();
  });

  it('lets an event be replayed whose customer the worker can find', () => {
    const refund = { ...row, customerId: null, objectId: 're_1' };

    expect(findReasonNotToReplay(refund, 'effect')).toBeUndefined();
    expect(findReasonNotToReplay(refund, 'sync_only')).toContain('no customer');
  });

  it.each([
    ['pending', { ...row, status: 'pending' }, 'waiting'],
    ['processed', { ...row, status: 'processed' }, 'has been processed'],
    ['quarantined', { ...row, status: 'quarantined' }, 'not a Stripe event'],
    ['of the other mode', { ...row, status: 'ignored', statusReason: 'livemode_mismatch' }, 'other mode'],
    [
      'of no customer',
      { ...row, status: 'ignored', statusReason: 'no_customer', customerId: null },
      'no customer',
    ],
  ])('keeps an event that is %s', (_, event, reason) => {
    expect(findReasonNotToReplay(event, 'sync_only')).toContain(reason);
  });

  it('keeps an event of an unhandled type', () => {
    expect(findReasonNotToReplay({ ...row, status: 'ignored' }, 'none')).toContain('no work');
  });
});
