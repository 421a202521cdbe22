import fc from 'fast-check';
import {
  aBill,
  aSubscription,
  after,
  factsOf,
  PERIOD_END,
  PERIOD_START,
  POLICY,
} from '../../../../../test/factories/subscription.factory';
import { DISPUTE_STATUSES } from '../../domain/dispute';
import { INVOICE_STATUSES, SUBSCRIPTION_STATUSES } from '../../domain/subscription';
import type { AccessFacts, AccessPolicy } from './access-facts';
import { deriveAccess } from './derive-access';

const HOUR = 3_600_000;
const instant = fc.integer({ min: -60 * 24, max: 90 * 24 }).map((hours) => after(PERIOD_START, hours * HOUR));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const subscriptionId = fc.constantFrom('sub_1', 'sub_2');
const invoiceId = fc.constantFrom('in_1', 'in_2', 'in_3');

const subscription = fc.record({
  id: subscriptionId,
  status: fc.constantFrom(...SUBSCRIPTION_STATUSES),
  trialEnd: maybe(instant),
  cancelAt: maybe(instant),
  endedAt: maybe(instant),
  collectionPaused: fc.boolean(),
  pendingUpdate: fc.boolean(),
});
const invoice = fc.record({
  id: invoiceId,
  subscriptionId,
  status: fc.constantFrom(...INVOICE_STATUSES),
  billingReason: fc.constantFrom(
    'subscription_create',
    'subscription_cycle',
    'subscription_update',
    'manual',
  ),
  totalMinor: fc.constantFrom(0, 999),
  amountDueMinor: fc.constantFrom(0, 999),
  // Several of one second are usual: Stripe's times are whole seconds.
  createdAt: fc.oneof(instant, fc.constant(PERIOD_START)),
  finalizedAt: maybe(instant),
  dueAt: maybe(instant),
  collectionMethod: fc.constantFrom('charge_automatically', 'send_invoice'),
  autoAdvance: fc.boolean(),
  uncollectibleReason: maybe(fc.constantFrom('user_forgiven', 'subscription_paused', 'retries_exhausted')),
  periods: fc.constantFrom(
    [],
    [{ start: PERIOD_START, end: PERIOD_END, proration: false }],
    [{ start: PERIOD_START, end: PERIOD_END, proration: true }],
  ),
});
const facts: fc.Arbitrary<AccessFacts> = fc.record({
  subscriptions: fc
    .uniqueArray(subscription, { selector: ({ id }) => id })
    .map((all) => all.map((overrides) => aSubscription({ latestInvoice: null, ...overrides }))),
  invoices: fc
    .uniqueArray(invoice, { selector: ({ id }) => id })
    .map((all) => all.map((overrides) => aBill(overrides))),
  refunds: fc.array(fc.record({ invoiceId, full: fc.boolean() }), { maxLength: 2 }),
  disputes: fc.array(fc.record({ invoiceId, status: fc.constantFrom(...DISPUTE_STATUSES) }), {
    maxLength: 2,
  }),
  grants: fc.array(fc.record({ id: fc.uuid(), startsAt: instant, endsAt: maybe(instant) }), { maxLength: 1 }),
  openCheckout: maybe(
    fc.record({ customerId: fc.constant('cus_1'), expiresAt: instant, declined: fc.boolean() }),
  ),
  refusedTrials: fc.array(fc.constantFrom('sub_1', 'sub_2'), { maxLength: 2 }),
});
const policy: fc.Arbitrary<AccessPolicy> = fc.record({
  pastDueGraceMs: fc.constantFrom(0, POLICY.pastDueGraceMs),
  renewalLeewayMs: fc.constantFrom(0, POLICY.renewalLeewayMs),
  disputes: fc.constantFrom('revoke', 'keep'),
  pausedCollection: fc.constantFrom('keep', 'deny'),
});

const RUNS = { numRuns: 3000 };
const holds = (check: (facts: AccessFacts, policy: AccessPolicy, now: Date) => void) =>
  fc.assert(fc.property(facts, policy, instant, check), RUNS);

describe('deriveAccess: for all facts', () => {
  it('bounds each answer in time, and holds it until then', () => {
    holds((all, rule, now) => {
      const access = deriveAccess(all, rule, now);
      if (!access.granted) return;
      if (access.until === null) return expect(access.grantId).not.toBeNull();
      expect(access.until.getTime()).toBeGreaterThan(now.getTime());
      expect(deriveAccess(all, rule, after(access.until, -1)).granted).toBe(true);
    });
  });

  it('does not depend on the order of the facts', () => {
    holds((all, rule, now) => {
      const reversed: AccessFacts = {
        subscriptions: [...all.subscriptions].reverse(),
        invoices: [...all.invoices].reverse(),
        refunds: [...all.refunds].reverse(),
        disputes: [...all.disputes].reverse(),
        grants: [...all.grants].reverse(),
        openCheckout: all.openCheckout,
        refusedTrials: [...all.refusedTrials].reverse(),
      };
      const { granted, until, state, reason } = deriveAccess(all, rule, now);

      expect(deriveAccess(reversed, rule, now)).toMatchObject({ granted, until, state, reason });
    });
  });

  it('never gives more by a refund that holds or a dispute', () => {
    holds((all, rule, now) => {
      const clean = deriveAccess({ ...all, refunds: [], disputes: [] }, rule, now);

      if (deriveAccess(all, rule, now).granted) expect(clean.granted).toBe(true);
    });
  });

  it('never takes by another subscription or a grant', () => {
    holds((all, rule, now) => {
      const [first] = all.subscriptions;
      if (
        first === undefined ||
        !deriveAccess({ ...all, subscriptions: [first], grants: [] }, rule, now).granted
      )
        return;

      expect(deriveAccess(all, rule, now).granted).toBe(true);
    });
  });

  it('never gives more by a shorter grace, a shorter leeway or a stricter policy', () => {
    const strict = {
      pastDueGraceMs: 0,
      renewalLeewayMs: 0,
      disputes: 'revoke',
      pausedCollection: 'deny',
    } as const;
    holds((all, rule, now) => {
      if (deriveAccess(all, strict, now).granted) expect(deriveAccess(all, rule, now).granted).toBe(true);
    });
  });

  it('names what decided: a subscription, a grant, or nothing at all', () => {
    holds((all, rule, now) => {
      const { granted, subscriptionId: subscriber, grantId } = deriveAccess(all, rule, now);

      expect([subscriber, grantId].filter((id) => id !== null)).toHaveLength(
        all.subscriptions.length === 0 && !granted ? 0 : 1,
      );
    });
  });

  it('gives and takes nothing by an open payment link', () => {
    holds((all, rule, now) => {
      const { granted, until } = deriveAccess({ ...all, openCheckout: null }, rule, now);

      expect(deriveAccess(all, rule, now)).toMatchObject({ granted, until });
    });
  });

  it('gives nothing without a subscription or a grant', () => {
    expect(deriveAccess(factsOf(), POLICY, PERIOD_START)).toMatchObject({ granted: false, state: 'none' });
  });
});
