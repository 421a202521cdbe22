/** What calls of the API have to suffer. `match` is part of "METHOD /path"; `times` limits how often (null: always). */
export interface ApiFaults {
  slow_ms: number;
  /** Answer this status instead of doing the work. */
  status: number | null;
  /** Do the work, then cut the connection. */
  drop_reply: boolean;
  match: string | null;
  times: number | null;
}

export const NO_API_FAULTS: ApiFaults = {
  slow_ms: 0,
  status: null,
  drop_reply: false,
  match: null,
  times: null,
};

export interface ApiFate {
  slowMs: number;
  status: number | null;
  dropReply: boolean;
}

export const NO_FATE: ApiFate = { slowMs: 0, status: null, dropReply: false };

/** Decides the fate of each call and counts down `times`. */
export class ApiFaultPlan {
  faults: ApiFaults = NO_API_FAULTS;

  fate(method: string, path: string): ApiFate {
    const { slow_ms, status, drop_reply, match, times } = this.faults;
    if (times !== null && times <= 0) return NO_FATE;
    if (match !== null && !`${method} ${path}`.includes(match)) return NO_FATE;
    if (slow_ms === 0 && status === null && !drop_reply) return NO_FATE;
    if (times !== null) this.faults = { ...this.faults, times: times - 1 };
    return { slowMs: slow_ms, status, dropReply: drop_reply };
  }
}
