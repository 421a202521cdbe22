import fc from 'fast-check';
import { ACTS, type ActName } from './acts/acts';

/** One act of one history: what happens, and in which of the common stretches of time. */
export interface Step {
  readonly stretch: number;
  readonly act: ActName;
}

/** What happens to one student. `chance` decides what becomes of each delivery of a webhook. */
export interface History {
  readonly steps: readonly Step[];
  readonly chance: number;
}

/** What differs between two applications. */
export interface Terms {
  readonly trialDays: 0 | 7;
  readonly graceDays: 3 | 14;
  readonly disputes: 'revoke' | 'keep';
  readonly pausedCollection: 'keep' | 'deny';
  /** What Stripe does after the last attempt at a renewal. */
  readonly afterRetries: 'cancel' | 'unpaid' | 'past_due' | 'pause';
}

/** Histories that share one clock. `days` pass after each stretch; `looks` says after which of them all is compared too. */
export interface Batch {
  readonly days: readonly number[];
  readonly looks: readonly boolean[];
  readonly histories: readonly History[];
}

const STRETCHES = 5;
/** Never whole days: an instant at which an answer changes must not fall together with a look at it. */
const DAYS = [0.31, 1.37, 3.21, 3.21, 7.43, 10.57, 14.71, 20.69, 31.37, 31.37, 63.41, 140.53];

const PURCHASES = ACTS.filter(({ kind }) => kind === 'purchase').map(({ name }) => name);
const ALL = ACTS.map(({ name }) => name);

/** Acts that belong together: drawn from all, a dispute would seldom meet a payment that is disputed. */
interface Theme {
  readonly purchases: readonly ActName[];
  readonly acts: readonly ActName[];
}

const ANYTHING: Theme = { purchases: PURCHASES, acts: ALL };
const THEMES: readonly Theme[] = [
  {
    purchases: ['buys with a card whose payment is disputed', 'buys with a card whose bank inquires'],
    acts: ['has a dispute won', 'has a dispute lost', 'cancels at the period end', 'resumes'],
  },
  {
    purchases: [
      'buys the monthly plan',
      'buys the yearly plan',
      'buys with a card whose refunds are late',
      'buys with a card whose refunds fail',
    ],
    acts: [
      'requests a refund',
      'has a refund request approved',
      'is refunded by an operator',
      'is refunded a part by an operator',
      'is refunded in the dashboard',
      'is refunded a part in the dashboard',
      'cancels now',
      'buys the monthly plan',
    ],
  },
  {
    purchases: ['buys the monthly plan', 'buys with a promotion code', 'buys the yearly plan'],
    acts: [
      'changes to yearly',
      'changes to monthly',
      'has a card that fails',
      'pays what is owed',
      'cancels at the period end',
      'resumes',
    ],
  },
  {
    purchases: [
      'buys the monthly plan',
      'buys with a card that later fails',
      'buys with a card that asks once',
    ],
    acts: [
      'has a card that fails',
      'has a card that asks in renewals',
      'has a good card again',
      'pays what is owed',
      'has an open invoice voided',
      'has an open invoice written off',
      'has collection paused',
      'has collection going again',
      'cancels at the period end',
    ],
  },
];

const historyOf = ({ purchases, acts }: Theme): fc.Arbitrary<History> =>
  fc
    .record({
      first: fc.constantFrom(...purchases),
      start: fc.nat(1),
      rest: fc.array(fc.record({ stretch: fc.nat(STRETCHES - 1), act: fc.constantFrom(...acts) }), {
        minLength: 1,
        maxLength: 7,
        size: 'max',
      }),
      chance: fc.nat(2 ** 30),
    })
    .map(({ first, start, rest, chance }) => ({
      steps: [{ stretch: start, act: first }, ...rest].sort((a, b) => a.stretch - b.stretch),
      chance,
    }));

const history = fc.oneof(
  { weight: THEMES.length, arbitrary: historyOf(ANYTHING) },
  ...THEMES.map((theme) => ({ weight: 1, arbitrary: historyOf(theme) })),
);

const looks = fc.array(fc.nat(5), { minLength: STRETCHES, maxLength: STRETCHES });

/** As many histories as asked for, on one clock. */
export const batchOf = (size: number): fc.Arbitrary<Batch> =>
  fc.record({
    days: fc.array(fc.constantFrom(...DAYS), { minLength: STRETCHES, maxLength: STRETCHES }),
    looks: looks.map((drawn) => drawn.map((number) => number === 0)),
    histories: fc.array(history, { minLength: size, maxLength: size }),
  });

export const terms: fc.Arbitrary<Terms> = fc.record({
  trialDays: fc.constantFrom(0, 7),
  graceDays: fc.constantFrom(14, 3),
  disputes: fc.constantFrom('revoke', 'keep'),
  pausedCollection: fc.constantFrom('keep', 'deny'),
  afterRetries: fc.constantFrom('cancel', 'unpaid', 'past_due', 'pause'),
});
