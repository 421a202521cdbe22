// Slices of what runs beside requests; see app-config.ts.

export abstract class WorkerConfig {
  /** Of the health check; undefined: none. */
  abstract readonly port: number | undefined;
  abstract readonly host: string;
}

export abstract class ReconcileConfig {
  /** Between two readings of Stripe's list of events. */
  abstract readonly pollIntervalMs: number;
}

export abstract class AlertsConfig {
  abstract readonly emails: readonly string[];
  /** Receives `{"text": "..."}`, as Slack reads it. */
  abstract readonly webhookUrl: string | undefined;
}
