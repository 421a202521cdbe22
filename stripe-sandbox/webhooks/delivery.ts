/** One event on its way to one endpoint. Plain data, so that it survives a snapshot. */
export interface Delivery {
  id: string;
  event: string;
  type: string;
  endpoint: string;
  url: string;
  /** `held` waits for `resume`. */
  state: 'pending' | 'succeeded' | 'failed' | 'canceled' | 'dropped' | 'held';
  attempts: Attempt[];
  /** Real milliseconds since the epoch. */
  next_attempt_at: number | null;
}

export interface Attempt {
  at: string;
  /** HTTP status, or null when no answer came. */
  status: number | null;
  error: string | null;
  duration_ms: number;
}

/** Any 2xx counts; everything else, redirects included, is tried again. */
export function isAccepted(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
