import type { AlertClass } from '../../src/modules/alerts/domain/alert-classes';
import type { SystemFacts } from '../../src/modules/monitoring';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const HEALTHY: SystemFacts = {
  workerSilentMs: 2000,
  redis: 'up',
  redisPolicy: 'noeviction',
  stripe: { failure: undefined, prices: [], endpoint: [], clockSkewMs: 100 },
  inbox: {
    pending: 3,
    dead: 0,
    oldestDueMs: 200,
    deliveredMs: 60_000,
    missedMs: null,
    missedEvents: 0,
    refusedSignatures: 0,
    failedPaymentsLastHour: 1,
    failedPaymentsUsual: 0.5,
    polledMs: 10 * 60_000,
  },
  drift: { open: 0, doubles: 0, sweptMs: HOUR },
  openDisputes: [],
  outbox: { dead: 0, oldestDueMs: 100 },
  database: { connectionsUsed: 20, connections: 97, skewMs: 3 },
};

const inbox = (changes: Partial<SystemFacts['inbox']>) => ({ inbox: { ...HEALTHY.inbox, ...changes } });
const drift = (changes: Partial<SystemFacts['drift']>) => ({ drift: { ...HEALTHY.drift, ...changes } });
const stripe = (changes: Partial<NonNullable<SystemFacts['stripe']>>) => ({
  stripe: { failure: undefined, prices: [], endpoint: [], clockSkewMs: 0, ...changes },
});

/** The smallest change of a healthy system that raises each alert. */
export const PROVOKED: Readonly<Record<AlertClass, Partial<SystemFacts>>> = {
  event_dead: inbox({ dead: 1 }),
  backlog: inbox({ oldestDueMs: 61_000 }),
  worker_silent: { workerSilentMs: 31_000 },
  no_deliveries: inbox({ deliveredMs: 2 * HOUR, missedMs: 60_000 }),
  signatures_refused: inbox({ refusedSignatures: 3 }),
  key_refused: stripe({ failure: 'key_refused' }),
  stripe_unreachable: stripe({ failure: 'unreachable' }),
  price_wrong: stripe({ prices: ['STRIPE_PREMIUM_PRICE_ID: the price is archived'] }),
  endpoint_wrong: stripe({ endpoint: ['the endpoint is disabled'] }),
  redis_refusing: { redis: 'down' },
  redis_evicting: { redisPolicy: 'allkeys-lru' },
  drift_found: drift({ open: 1 }),
  double_subscription: drift({ doubles: 1 }),
  dispute_open: { openDisputes: ['dp_1'] },
  payments_failing: inbox({ failedPaymentsLastHour: 6 }),
  emails_failing: { outbox: { dead: 1, oldestDueMs: null } },
  connections_exhausted: { database: { ...HEALTHY.database, connectionsUsed: 90 } },
  clock_skew: { database: { ...HEALTHY.database, skewMs: -31_000 } },
  inbox_growing: inbox({ pending: 10_001 }),
  poll_late: inbox({ polledMs: 2 * HOUR }),
  event_horizon: inbox({ polledMs: 21 * DAY }),
  sweep_late: drift({ sweptMs: 3 * DAY }),
};
