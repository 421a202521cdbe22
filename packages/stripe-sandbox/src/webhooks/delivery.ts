import { newId } from '../core/random';

/** One event on its way to one endpoint. Plain data, so that it survives a snapshot. */
export interface Delivery {
  id: string;
  event: string;
  type: string;
  endpoint: string;
  url: string;
  /** `held` deliveries wait for `resume`. */
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

export function isOver({ state }: Delivery): boolean {
  return state !== 'pending' && state !== 'held';
}

/** Any 2xx counts; everything else, redirects included, is tried again. */
export function isAccepted(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

export function newDelivery(
  event: { id: string; type: string },
  endpoint: { id: string; url: string },
): Delivery {
  return {
    id: newId('whdel', 20),
    event: event.id,
    type: event.type,
    endpoint: endpoint.id,
    url: endpoint.url,
    state: 'pending',
    attempts: [],
    next_attempt_at: null,
  };
}
