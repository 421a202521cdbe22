import type { Clock } from './clock';
import type { Journal } from './journal';
import type { SeededRandom } from './random';
import type { Scheduler } from './scheduler';
import type { Signals } from './signals';
import type { Store } from './store';

/** The services a resource may use: records, business time, scheduled jobs, events. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly journal: Journal;
  readonly signals: Signals;
  readonly random: SeededRandom;
  readonly settings: Settings;
}

export interface Settings {
  /** Base of hosted pages without a trailing slash; known once the server listens. */
  publicUrl: string;
  /** Delays before the second, third, … delivery attempt, in milliseconds. */
  retryDelaysMs: readonly number[];
  /** How long one delivery attempt may take. */
  deliveryTimeoutMs: number;
  /** Business seconds between a renewal's draft and its finalisation. */
  draftSeconds: number;
  /** Business days after the first failure at which a renewal is tried again; after the last one the rule below runs. */
  retryDays: readonly number[];
  /** Business days before a renewal at which invoice.upcoming announces it. */
  upcomingDays: number;
  /** Business days after which finished invoices and sessions are deleted; never when absent, as on Stripe. */
  keepDays?: number | undefined;
  /** What happens to a subscription whose last retry failed. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due' | 'pause';
  /** Real milliseconds until a delayed payment (SEPA) settles by itself. */
  settleDelayMs: number;
  /** Whether an endpoint refused `invoice.created` of a draft so far, which holds its finalisation back. */
  isHeldBack?: (invoice: string) => boolean;
}
