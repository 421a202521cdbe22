import { readFileSync } from 'node:fs';
import { aBill, aSubscription, after, factsOf, PERIOD_START, POLICY } from '../factories/subscription.factory';
import { envSchema } from '../../src/config/env.schema';
import type { AccessFacts } from '../../src/modules/payments/access/domain/access-facts';
import { deriveAccess } from '../../src/modules/payments/access/domain/derive-access';
import { termsPage } from '../../src/modules/site/http/terms.view';

const DAY = 86_400_000;
const SITE = { publicUrl: 'https://course.test', contactEmail: 'help@course.test' };
const env = readFileSync('.env.example', 'utf8');

/** What the rule answers in the middle of a paid period, ten days before its end. */
const isGranted = (facts: Partial<AccessFacts>, policy = POLICY, now = after(PERIOD_START, 10 * DAY)) =>
  deriveAccess(
    factsOf({ subscriptions: [aSubscription({ latestInvoice: null })], invoices: [aBill()], ...facts }),
    policy,
    now,
  ).granted;

const terms = (policy = POLICY) =>
  termsPage({ ...SITE, pastDueGraceMs: policy.pastDueGraceMs, disputes: policy.disputes });

describe('terms, settings and the access rule say the same', () => {
  it.each(['revoke', 'keep'] as const)('about an open dispute where DISPUTE_POLICY is %s', (disputes) => {
    const policy = { ...POLICY, disputes };
    const promise = 'While a payment is disputed at your bank, premium is not available';

    expect(terms(policy).includes(promise)).toBe(
      !isGranted({ disputes: [{ invoiceId: 'in_1', status: 'open' }] }, policy),
    );
  });

  it.each(['revoke', 'keep'] as const)('about a lost dispute where DISPUTE_POLICY is %s', (disputes) => {
    const policy = { ...POLICY, disputes };

    expect(terms(policy)).toContain('takes a disputed payment back for good, the period that it paid for ends');
    expect(isGranted({ disputes: [{ invoiceId: 'in_1', status: 'lost' }] }, policy)).toBe(false);
  });

  it('about refunds', () => {
    expect(terms()).toContain('refund a payment in full, the period that it paid for ends');
    expect(isGranted({ refunds: [{ invoiceId: 'in_1', full: true }] })).toBe(false);
    expect(terms()).toContain('A partial refund changes nothing');
    expect(isGranted({ refunds: [{ invoiceId: 'in_1', full: false }] })).toBe(true);
  });

  it.each([1, 14, 30])('about a grace of %d days', (days) => {
    const policy = { ...POLICY, pastDueGraceMs: days * DAY };
    const pastDue = {
      subscriptions: [aSubscription({ status: 'past_due', latestInvoice: null })],
      invoices: [
        aBill({ id: 'in_0', createdAt: after(PERIOD_START, -31 * DAY), periods: [] }),
        aBill({ status: 'open', finalizedAt: PERIOD_START }),
      ],
    };

    expect(terms(policy)).toContain(days === 1 ? 'a day after a failed' : `${days} days after a failed`);
    expect(isGranted(pastDue, policy, after(PERIOD_START, days * DAY - 1))).toBe(true);
    expect(isGranted(pastDue, policy, after(PERIOD_START, days * DAY))).toBe(false);
  });

  it('about a trial whose first payment fails', () => {
    const trial = aBill({ id: 'in_0', totalMinor: 0, amountDueMinor: 0, periods: [] });
    const pastDue = {
      subscriptions: [aSubscription({ status: 'past_due', latestInvoice: null })],
      invoices: [trial, aBill({ status: 'open' })],
    };

    expect(terms()).toContain('A free trial whose first payment fails ends at once');
    expect(isGranted(pastDue)).toBe(false);
  });

  it.each([
    ['PAST_DUE_GRACE_DAYS', POLICY.pastDueGraceMs / DAY],
    ['RENEWAL_LEEWAY_HOURS', POLICY.renewalLeewayMs / 3_600_000],
    ['DISPUTE_POLICY', POLICY.disputes],
    ['PAUSED_COLLECTION', POLICY.pausedCollection],
  ] as const)('%s has the same default in .env.example, in the schema and in the tests of the rule', (name, value) => {
    expect(env).toContain(`${name}=${value}\n`);
    expect(envSchema.shape[name].parse(undefined)).toBe(value);
  });
});
