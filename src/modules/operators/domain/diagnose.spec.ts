import type { CaseFacts, CaseSubscription } from './case-facts';
import { diagnose } from './diagnose';

const NOW = new Date('2026-03-10T02:00:00Z');
const date = (text: string) => new Date(`${text}T00:00:00Z`);

const NOTHING: CaseFacts = {
  now: NOW,
  access: { granted: false, reason: 'no_subscription', until: null, subscriptionId: null },
  subscriptions: [],
  grants: [],
  refunds: [],
  disputes: [],
  checkout: undefined,
  failures: { pendingEvents: 0, deadEvents: 0, syncFailures: 0 },
  declines: [],
  payingElsewhere: [],
};

const subscription = (change: Partial<CaseSubscription> = {}): CaseSubscription => ({
  id: 'sub_1',
  status: 'active',
  live: true,
  currentPeriodEnd: date('2026-04-01'),
  trialEnd: null,
  cancelAt: null,
  endedAt: null,
  pastDueSince: null,
  createdAt: date('2026-03-01'),
  ...change,
});

const access = (reason: string, granted: boolean, until: Date | null = null): CaseFacts['access'] => ({
  granted,
  reason,
  until,
  subscriptionId: 'sub_1',
});

const codesOf = (change: Partial<CaseFacts>) => diagnose({ ...NOTHING, ...change }).map(({ code }) => code);

describe('diagnose', () => {
  it('names a failed event before the decision that may be wrong because of it', () => {
    const failures = { pendingEvents: 1, deadEvents: 2, syncFailures: 3 };

    expect(codesOf({ failures })).toEqual(['event_dead', 'sync_failing', 'event_pending', 'no_subscription']);
  });

  it('tells grace, its end and a first payment that failed apart', () => {
    const subscriptions = [subscription({ status: 'past_due', pastDueSince: date('2026-03-05') })];

    const [grace] = diagnose({
      ...NOTHING,
      subscriptions,
      declines: ['insufficient_funds'],
      access: access('payment_failed_grace', true, date('2026-03-19')),
    });
    const [over] = diagnose({
      ...NOTHING,
      subscriptions,
      access: access('payment_failed', false, date('2026-03-09')),
    });

    expect(grace).toMatchObject({ code: 'payment_failed_grace', tone: 'warn' });
    expect(grace?.title).toBe('Has access until 19 Mar 2026: the card failed at renewal');
    expect(grace?.text).toContain('The bank answered: insufficient funds.');
    expect(over).toMatchObject({ code: 'grace_over', text: expect.stringContaining('5 Mar 2026') as string });
    expect(codesOf({ access: access('payment_failed', false) })).toEqual(['payment_failed']);
  });

  it('reports a second live subscription beside every decision', () => {
    const subscriptions = [
      subscription(),
      subscription({ id: 'sub_2' }),
      subscription({ id: 'sub_3', live: false }),
    ];
    const [, double] = diagnose({
      ...NOTHING,
      subscriptions,
      access: access('paid', true, date('2026-04-01')),
    });

    expect(double).toMatchObject({ code: 'two_subscriptions', tone: 'bad' });
    expect(double?.text).toContain('sub_1 since 1 Mar 2026, sub_2 since 1 Mar 2026');
  });

  it('explains an account without a subscription by its grants and payment links', () => {
    const grant = { startsAt: date('2026-02-01'), endsAt: date('2026-03-01'), revokedAt: null };
    const checkout = { status: 'expired', paymentStatus: 'unpaid', createdAt: date('2026-03-02') };

    expect(codesOf({ grants: [grant] })).toEqual(['grant_expired']);
    expect(codesOf({ grants: [{ ...grant, revokedAt: date('2026-02-10') }] })).toEqual(['grant_revoked']);
    expect(codesOf({ checkout })).toEqual(['never_paid']);
    expect(codesOf({ checkout: { ...checkout, status: 'complete' } })).toEqual([
      'checkout_without_subscription',
    ]);
    expect(codesOf({ payingElsewhere: [{ email: 'other@example.com' }] })).toEqual([
      'no_subscription',
      'pays_elsewhere',
    ]);
  });

  it.each([
    'refunded',
    'disputed',
    'canceled',
    'checkout_declined',
    'trial_card_used',
    'unpaid',
    'paused',
    'invoice_void',
    'trial_ended',
    'renewal_overdue',
  ])('has words for a denial because of %s', (reason) => {
    const [finding] = diagnose({
      ...NOTHING,
      subscriptions: [subscription()],
      access: access(reason, false),
    });

    expect(finding).toMatchObject({ code: reason, title: expect.stringMatching(/^No access/) as string });
    expect(finding?.text).toMatch(/\.$/);
  });

  it('names a reason that it has no words for', () => {
    expect(diagnose({ ...NOTHING, access: access('new_reason', true) })).toEqual([
      { code: 'new_reason', tone: 'good', title: 'Has access', text: 'Reason: new reason.' },
    ]);
  });
});
