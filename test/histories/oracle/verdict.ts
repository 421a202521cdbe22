import type { Terms } from '../history';
import type { Truth } from './truth';

/** What a student should be told. `until` in seconds; null: no end, or never begun. */
export interface Verdict {
  readonly granted: boolean;
  readonly state: string;
  readonly reason: string;
  readonly until: number | null;
}

export interface Question {
  readonly truth: Truth;
  /** Ends of the complimentary access that runs now; undefined: without end. Stripe does not know it. */
  readonly grants: readonly (number | undefined)[];
  readonly terms: Terms;
  readonly now: number;
}

export const yes = (state: string, reason: string, until: number | null): Verdict => ({
  granted: true,
  state,
  reason,
  until,
});

export const no = (state: string, reason: string, until: number | null = null): Verdict => ({
  granted: false,
  state,
  reason,
  until,
});
