import type { DatabaseFaults } from '../database/simulated-postgres';
import type { Random } from '../kernel/random';
import type { RedisFaults } from '../queue/simulated-redis';
import { NO_STRIPE_FAULTS, type StripeFaults } from '../stripe/simulated-http';
import type { AfterRetries } from '../stripe/stripe-time';

export interface DeliveryFaults {
  readonly typicalMs: number;
  readonly doubled: number;
  /** The first delivery gets lost on the way; Stripe sends it again later. */
  readonly lost: number;
  /** Never delivered at all, as long as a later event of the same customer is. */
  readonly forgotten: number;
  /** Arrives seconds or minutes later, after newer ones. */
  readonly late: number;
}

/** `faulty`: comes and goes. `lying`: its scripts are lost at some moment, for good. */
export type RedisFate = 'absent' | 'healthy' | 'faulty' | 'lying' | 'dead';

/** Which troubles a schedule has and how many of each: each seed draws its own mixture, so that rare ones meet too. */
export interface Profile {
  readonly webs: number;
  readonly workers: number;
  readonly students: number;
  /** Times of trouble, each followed by a rest in which everything is checked. */
  readonly phases: number;
  /** Of each student, and of nature, per phase. */
  readonly actions: number;
  readonly pollMs: number;
  readonly maxAttempts: number;
  readonly redis: RedisFate;
  readonly redisFaults: RedisFaults;
  readonly database: DatabaseFaults;
  readonly stripe: StripeFaults;
  readonly delivery: DeliveryFaults;
  readonly mailFailure: number;
  /** Mean number of touches of the outside until a process dies, or stands still; 0: never. */
  readonly opsPerCrash: number;
  readonly opsPerPause: number;
  readonly clockSkewMs: number;
  readonly afterRetries: AfterRetries;
  /** Nothing goes wrong (but for scripts that Redis has lost): then everything must also be quick. */
  readonly isCalm: boolean;
}

export function drawProfile(random: Random): Profile {
  const isCalm = random.chance(0.08);
  // Each kind of trouble is present in a third of the schedules, or in none.
  const share = (amount: number): number => (!isCalm && random.chance(0.35) ? amount * random.next() : 0);
  const redis = drawRedis(random, isCalm);
  return {
    webs: random.between(1, 2),
    workers: random.between(1, 3),
    students: random.between(1, 3),
    phases: random.between(2, 4),
    actions: random.between(2, 5),
    pollMs: isCalm ? 1000 : random.pick([2000, 5000]),
    maxAttempts: random.pick([3, 8]),
    redis,
    redisFaults: { typicalMs: random.pick([1, 5]), jobLost: share(0.3), jobDoubled: share(0.3) },
    database: {
      typicalMs: isCalm ? 1 : random.pick([1, 3, 30]),
      cut: share(0.02),
      refused: share(0.03),
      slow: share(0.02),
    },
    stripe: { ...drawStripe(share), typicalMs: isCalm ? 20 : random.pick([5, 40, 300]) },
    delivery: {
      typicalMs: random.pick([20, 200, 1000]),
      doubled: share(0.5),
      lost: share(0.4),
      forgotten: share(0.3),
      late: share(0.4),
    },
    mailFailure: share(0.4),
    opsPerCrash: !isCalm && random.chance(0.35) ? random.pick([10, 30, 100]) : 0,
    opsPerPause: !isCalm && random.chance(0.25) ? random.pick([15, 50]) : 0,
    clockSkewMs: isCalm || random.chance(0.7) ? 0 : random.between(-90_000, 90_000),
    afterRetries: random.pick(['canceled', 'unpaid']),
    isCalm,
  };
}

function drawRedis(random: Random, isCalm: boolean): RedisFate {
  if (isCalm) return random.pick(['absent', 'healthy', 'lying']);
  return random.weighted<RedisFate>({ absent: 25, healthy: 25, faulty: 30, lying: 12, dead: 8 });
}

function drawStripe(share: (amount: number) => number): StripeFaults {
  return {
    ...NO_STRIPE_FAULTS,
    slow: share(0.15),
    lostReply: share(0.15),
    unreachable: share(0.15),
    limited: share(0.15),
    broken: share(0.15),
    brokenAfterwards: share(0.1),
    garbled: share(0.08),
  };
}
