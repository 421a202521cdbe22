import type { SystemFacts } from './system-facts';

export const PAYMENT_CHECKS = [
  'worker',
  'redis',
  'stripe_key',
  'stripe_reachable',
  'prices',
  'endpoint',
  'signatures',
  'backlog',
] as const;
export type PaymentCheck = (typeof PAYMENT_CHECKS)[number];
export type PaymentChecks = Readonly<Record<PaymentCheck, 'ok' | 'failing' | 'unknown'>>;

/** Six missed heartbeats. */
export const WORKER_SILENT_MS = 30_000;
export const BACKLOG_MS = 60_000;
/** Fewer can come from anyone. */
export const REFUSED_SIGNATURES = 3;

/** What would keep a payment from opening access now. `unknown`: Stripe has not been asked yet. */
export function judgePayments(facts: SystemFacts): PaymentChecks {
  const { stripe, inbox } = facts;
  const failing = (isFailing: boolean) => (isFailing ? 'failing' : 'ok');
  const ofStripe = (isFailing: boolean) => (stripe === undefined ? 'unknown' : failing(isFailing));
  return {
    worker: failing((facts.workerSilentMs ?? Infinity) > WORKER_SILENT_MS),
    redis: failing(facts.redis === 'down'),
    stripe_key: ofStripe(stripe?.failure === 'key_refused'),
    stripe_reachable: ofStripe(stripe?.failure === 'unreachable'),
    prices: ofStripe((stripe?.prices.length ?? 0) > 0),
    endpoint: ofStripe((stripe?.endpoint.length ?? 0) > 0),
    signatures: failing(inbox.refusedSignatures >= REFUSED_SIGNATURES),
    backlog: failing((inbox.oldestDueMs ?? 0) > BACKLOG_MS),
  };
}
