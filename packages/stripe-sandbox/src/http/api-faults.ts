import { SeededRandom } from '../core/random';

/** Faults that are injected into API calls. */
export interface ApiFaults {
  slow_ms: number;
  /** Answer this status instead of doing the work. */
  status: number | null;
  /** Cut the connection instead of doing the work. */
  cut: boolean;
  /** Do the work, then cut the connection. */
  drop_reply: boolean;
  /** Part of "METHOD /path" that selects the affected calls; null for all. */
  match: string | null;
  /** How many calls are affected; null for all. */
  times: number | null;
  /** Probability that a call is affected, drawn from the seed. */
  share: number;
  seed: number;
}

export const NO_API_FAULTS: ApiFaults = {
  slow_ms: 0,
  status: null,
  cut: false,
  drop_reply: false,
  match: null,
  times: null,
  share: 1,
  seed: 1,
};

export interface ApiFaultDecision {
  slowMs: number;
  status: number | null;
  cut: boolean;
  dropReply: boolean;
}

export const NO_FAULT: ApiFaultDecision = { slowMs: 0, status: null, cut: false, dropReply: false };

/** Decides the fault of each call from the seed, so that a run can be repeated, and counts down `times`. */
export class ApiFaultPlan {
  private current = NO_API_FAULTS;
  private random = new SeededRandom(NO_API_FAULTS.seed);

  get faults(): ApiFaults {
    return this.current;
  }

  use(faults: ApiFaults): void {
    this.current = faults;
    this.random = new SeededRandom(faults.seed);
  }

  fate(method: string, path: string): ApiFaultDecision {
    const { slow_ms, status, cut, drop_reply, match, times, share } = this.current;
    if (slow_ms === 0 && status === null && !cut && !drop_reply) return NO_FAULT;
    if (times !== null && times <= 0) return NO_FAULT;
    if (match !== null && !`${method} ${path}`.includes(match)) return NO_FAULT;
    if (share < 1 && !this.random.chance(share)) return NO_FAULT;
    if (times !== null) this.current = { ...this.current, times: times - 1 };
    return { slowMs: slow_ms, status, cut, dropReply: drop_reply };
  }
}
