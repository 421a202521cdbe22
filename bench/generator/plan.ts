/** What the generator sends. It builds every request itself, so that the parent process uses no time during a measurement. */
export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly durationMs: number;
  /** Requests whose answers arrive earlier are not counted. */
  readonly warmUpMs: number;
  /** Undefined: as many as the connections allow. */
  readonly ratePerSecond?: number;
  /** The rate ends after this many requests, or after `durationMs`. */
  readonly count?: number;
  readonly requests: EventRequests | PlainRequests;
}

/** Signed events: each has an event, an object and a customer of its own. */
export interface EventRequests {
  readonly kind: 'events';
  readonly path: string;
  readonly secret: string;
  readonly type: string;
  /** Used in turn instead of a new customer per event. All of one length. */
  readonly customers?: readonly string[];
  /** The object of the event without its ids. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** Requests without a body, sent in turn. */
export interface PlainRequests {
  readonly kind: 'plain';
  readonly requests: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[];
}

export interface LoadResult {
  readonly answered: number;
  /** Answers other than 2xx and 304, and broken connections. */
  readonly failed: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
  readonly perSecond: number;
  /** Milliseconds from the intended start of a request to the last byte of its answer. */
  readonly p50: number;
  readonly p99: number;
}
