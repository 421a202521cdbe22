import type { AlertFacts } from './alert-facts';

/** What someone has to know within a minute, in the order of the runbook. */
export const ALERT_CLASSES = [
  'event_dead',
  'backlog',
  'worker_silent',
  'no_deliveries',
  'signatures_refused',
  'key_refused',
  'stripe_unreachable',
  'price_wrong',
  'endpoint_wrong',
  'redis_refusing',
  'redis_evicting',
  'drift_found',
  'double_subscription',
  'dispute_open',
  'payments_failing',
  'emails_failing',
  'connections_exhausted',
  'clock_skew',
  'inbox_growing',
  'poll_late',
  'event_horizon',
  'sweep_late',
] as const;
export type AlertClass = (typeof ALERT_CLASSES)[number];

/** Milliseconds and counts; a test injects its own. */
export interface AlertThresholds {
  readonly backlogMs: number;
  readonly workerSilentMs: number;
  readonly noDeliveriesMs: number;
  readonly refusedSignatures: number;
  readonly failedPayments: number;
  readonly failedPaymentsFactor: number;
  readonly emailDelayMs: number;
  readonly connectionsShare: number;
  readonly skewMs: number;
  readonly pendingEvents: number;
  readonly pollLateMs: number;
  readonly horizonMs: number;
  readonly sweepLateMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const DEFAULT_THRESHOLDS: AlertThresholds = {
  backlogMs: MINUTE,
  workerSilentMs: 30_000,
  noDeliveriesMs: HOUR,
  refusedSignatures: 3,
  failedPayments: 5,
  failedPaymentsFactor: 3,
  emailDelayMs: 10 * MINUTE,
  connectionsShare: 0.9,
  skewMs: 30_000,
  pendingEvents: 10_000,
  pollLateMs: HOUR,
  horizonMs: 20 * DAY,
  sweepLateMs: 2 * DAY,
};

/** One incident: a class, and what it is about when several can be open at once. */
export interface Detected {
  readonly alert: AlertClass;
  readonly key: string;
  readonly reason: string;
}

type Detect = (facts: AlertFacts, thresholds: AlertThresholds) => string | undefined | false;

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
const days = (ms: number): string => `${(ms / DAY).toFixed(1)} days`;

const DETECT: Readonly<Record<Exclude<AlertClass, 'dispute_open'>, Detect>> = {
  event_dead: ({ inbox }) => inbox.dead > 0 && `${inbox.dead} events failed for good`,
  backlog: ({ inbox: { oldestDueMs } }, { backlogMs }) =>
    oldestDueMs !== null &&
    oldestDueMs > backlogMs &&
    `the oldest due event waits for ${seconds(oldestDueMs)}`,
  worker_silent: ({ workerSilentMs }, thresholds) =>
    workerSilentMs === undefined
      ? 'no worker has run within a day'
      : workerSilentMs > thresholds.workerSilentMs &&
        `no worker has written a heartbeat for ${seconds(workerSilentMs)}`,
  no_deliveries: ({ inbox: { deliveredMs, missedMs } }, { noDeliveriesMs }) =>
    missedMs !== null &&
    missedMs < noDeliveriesMs &&
    (deliveredMs ?? Infinity) > noDeliveriesMs &&
    'Stripe has events, and no webhook delivers them',
  signatures_refused: ({ inbox: { refusedSignatures } }, thresholds) =>
    refusedSignatures >= thresholds.refusedSignatures &&
    `${refusedSignatures} deliveries had a wrong signature, and none was accepted since`,
  key_refused: ({ stripe }) => stripe?.failure === 'key_refused' && 'Stripe refuses STRIPE_SECRET_KEY',
  stripe_unreachable: ({ stripe }) => stripe?.failure === 'unreachable' && 'Stripe does not answer',
  price_wrong: ({ stripe }) => stripe?.prices[0],
  endpoint_wrong: ({ stripe }) => stripe?.endpoint[0],
  redis_refusing: ({ redis }) => redis === 'down' && 'Redis does not accept writes',
  redis_evicting: ({ redisPolicy }) =>
    redisPolicy !== undefined && redisPolicy !== 'noeviction' && `Redis evicts keys (${redisPolicy})`,
  drift_found: ({ drift }) => drift.open > 0 && `${drift.open} differences between Stripe and the database`,
  double_subscription: ({ drift }) =>
    drift.doubles > 0 && `${drift.doubles} users have more than one live subscription`,
  payments_failing: ({ inbox }, { failedPayments, failedPaymentsFactor }) =>
    inbox.failedPaymentsLastHour >
      Math.max(failedPayments, inbox.failedPaymentsUsual * failedPaymentsFactor) &&
    `${inbox.failedPaymentsLastHour} payments failed within an hour; usual are ${inbox.failedPaymentsUsual.toFixed(1)}`,
  emails_failing: ({ outbox: { dead, oldestDueMs } }, { emailDelayMs }) =>
    dead > 0
      ? `${dead} emails of the last day could not be sent`
      : (oldestDueMs ?? 0) > emailDelayMs && `the oldest email waits for ${seconds(oldestDueMs ?? 0)}`,
  connections_exhausted: ({ database: { connectionsUsed, connections } }, { connectionsShare }) =>
    connectionsUsed >= connections * connectionsShare &&
    `${connectionsUsed} of ${connections} connections to PostgreSQL are in use`,
  clock_skew: ({ stripe, database }, { skewMs }) => {
    const [name, skew] = [
      ['Stripe', stripe?.clockSkewMs ?? 0] as const,
      ['PostgreSQL', database.skewMs] as const,
    ].find(([, ms]) => Math.abs(ms) > skewMs) ?? ['', 0];
    return name !== '' && `the clock differs from that of ${name} by ${seconds(skew)}`;
  },
  inbox_growing: ({ inbox: { pending } }, { pendingEvents }) =>
    pending > pendingEvents && `${pending} events are pending`,
  poll_late: ({ inbox: { polledMs } }, { pollLateMs }) =>
    polledMs !== undefined &&
    polledMs > pollLateMs &&
    `events were last read from Stripe ${seconds(polledMs)} ago`,
  event_horizon: ({ inbox: { polledMs } }, { horizonMs }) =>
    polledMs !== undefined &&
    polledMs > horizonMs &&
    `no events were read for ${days(polledMs)}; Stripe lists 30 days`,
  sweep_late: ({ drift: { sweptMs } }, { sweepLateMs }) =>
    sweptMs !== undefined && sweptMs > sweepLateMs && `the last complete sweep was ${days(sweptMs)} ago`,
};

/** Every incident that the facts show. */
export function detectAlerts(facts: AlertFacts, thresholds: AlertThresholds): Detected[] {
  const found = Object.entries(DETECT).flatMap(([alert, detect]): Detected[] => {
    const reason = detect(facts, thresholds);
    return typeof reason === 'string' ? [{ alert: alert as AlertClass, key: '', reason }] : [];
  });
  const disputes = facts.openDisputes.map((id): Detected => ({
    alert: 'dispute_open',
    key: id,
    reason: `dispute ${id} waits for an answer`,
  }));
  return [...found, ...disputes];
}
