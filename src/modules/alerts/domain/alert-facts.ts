/** The facts that decide about alerts. SystemFacts of monitoring has this shape. */
export interface AlertFacts {
  readonly workerSilentMs: number | undefined;
  readonly redis: 'up' | 'down' | 'not_configured';
  readonly redisPolicy: string | undefined;
  readonly stripe:
    | {
        readonly failure: 'key_refused' | 'unreachable' | undefined;
        readonly prices: readonly string[];
        readonly endpoint: readonly string[];
        readonly clockSkewMs: number;
      }
    | undefined;
  readonly inbox: {
    readonly pending: number;
    readonly dead: number;
    readonly oldestDueMs: number | null;
    readonly deliveredMs: number | null;
    readonly missedMs: number | null;
    readonly refusedSignatures: number;
    readonly failedPaymentsLastHour: number;
    readonly failedPaymentsUsual: number;
    readonly polledMs: number | undefined;
  };
  readonly drift: { readonly open: number; readonly doubles: number; readonly sweptMs: number | undefined };
  readonly openDisputes: readonly string[];
  readonly outbox: { readonly dead: number; readonly oldestDueMs: number | null };
  readonly database: {
    readonly connectionsUsed: number;
    readonly connections: number;
    readonly skewMs: number;
  };
}
