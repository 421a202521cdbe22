/** What is known about the system at one moment. Everything that is judged, here and by alerts, is in it. */
export interface SystemFacts {
  /** Since the last sign of any worker; undefined when there was none within a day. */
  readonly workerSilentMs: number | undefined;
  readonly redis: 'up' | 'down' | 'not_configured';
  /** Undefined when Redis does not say. */
  readonly redisPolicy: string | undefined;
  readonly stripe: StripeFacts | undefined;
  readonly inbox: InboxFacts;
  readonly drift: { readonly open: number; readonly doubles: number; readonly sweptMs: number | undefined };
  /** Ids of disputes that Stripe has not decided. */
  readonly openDisputes: readonly string[];
  readonly outbox: { readonly dead: number; readonly oldestDueMs: number | null };
  readonly database: {
    readonly connectionsUsed: number;
    readonly connections: number;
    readonly skewMs: number;
  };
}

export interface StripeFacts {
  readonly failure: 'key_refused' | 'unreachable' | undefined;
  readonly prices: readonly string[];
  readonly endpoint: readonly string[];
  readonly clockSkewMs: number;
}

export interface InboxFacts {
  readonly pending: number;
  readonly dead: number;
  readonly oldestDueMs: number | null;
  readonly deliveredMs: number | null;
  readonly missedMs: number | null;
  readonly missedEvents: number;
  readonly refusedSignatures: number;
  readonly failedPaymentsLastHour: number;
  readonly failedPaymentsUsual: number;
  /** Business time since the last complete poll; undefined before the first. */
  readonly polledMs: number | undefined;
}
