import type { BillingState } from 'src/modules/payments/domain/billing-state';
import { decidePlanChange, type PlanChangeQuestion } from './decide-plan-change';

const END = new Date('2026-04-01T10:00:00Z');

const aState = (overrides: Partial<BillingState> = {}): BillingState => ({
  id: 'sub_1',
  customerId: 'cus_1',
  status: 'active',
  currentPeriodStart: new Date('2026-03-01T10:00:00Z'),
  currentPeriodEnd: END,
  cancelAt: null,
  cancelAtPeriodEnd: false,
  canceledAt: null,
  scheduleId: null,
  itemId: 'si_1',
  priceId: 'price_1',
  paysLater: false,
  hasPendingUpdate: false,
  ...overrides,
});

const ask = (state: Partial<BillingState> = {}, rest: Partial<PlanChangeQuestion> = {}) =>
  decidePlanChange({
    state: aState(state),
    isOurSchedule: undefined,
    current: 'monthly',
    scheduled: undefined,
    wanted: 'yearly',
    ...rest,
  });

const DOWN = { current: 'yearly', wanted: 'monthly' } as const;

describe('decidePlanChange', () => {
  it.each(['active', 'trialing'] as const)('upgrades at once while it is %s', (status) => {
    expect(ask({ status })).toEqual({ kind: 'at_once', liftsCancellation: false });
  });

  it('downgrades at the end of the paid period', () => {
    expect(ask({}, DOWN)).toEqual({ kind: 'at_period_end', liftsCancellation: false });
  });

  it('upgrades what is charged later at the end of the period', () => {
    expect(ask({ paysLater: true }).kind).toBe('at_period_end');
  });

  it.each(['past_due', 'unpaid', 'incomplete', 'canceled', 'unknown'] as const)(
    'asks for the payment first while it is %s',
    (status) => {
      expect(ask({ status })).toEqual({ kind: 'refuse', because: 'payment_needed' });
    },
  );

  it('refuses the present plan', () => {
    expect(ask({}, { wanted: 'monthly' })).toEqual({ kind: 'refuse', because: 'same_plan' });
  });

  it('refuses the plan that is scheduled already', () => {
    expect(ask({}, { ...DOWN, scheduled: 'monthly', isOurSchedule: true })).toEqual({
      kind: 'refuse',
      because: 'same_plan',
    });
  });

  it('keeps the present plan when another one is scheduled', () => {
    const question = {
      current: 'yearly',
      wanted: 'yearly',
      scheduled: 'monthly',
      isOurSchedule: true,
    } as const;

    expect(ask({}, question)).toEqual({ kind: 'keep', liftsCancellation: false });
  });

  it('leaves a foreign schedule alone', () => {
    expect(ask({}, { isOurSchedule: false })).toEqual({ kind: 'refuse', because: 'managed' });
  });

  it('lifts a cancellation with an upgrade', () => {
    expect(ask({ cancelAt: END })).toEqual({ kind: 'at_once', liftsCancellation: true });
  });

  it.each([
    ['a downgrade', { cancelAt: END }, DOWN],
    ['an upgrade that is charged later', { cancelAt: END, paysLater: true }, {}],
    ['an upgrade before an agreed date', { cancelAt: new Date('2026-07-01T00:00:00Z') }, {}],
  ])('refuses %s while it is ending', (_, state, rest) => {
    expect(ask(state, rest)).toEqual({ kind: 'refuse', because: 'ending' });
  });
});
