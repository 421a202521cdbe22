import type { Env } from './env.schema';

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

export abstract class MetricsConfig {
  /** Addresses and CIDR ranges that may read the metrics. */
  abstract readonly allowedAddresses: readonly string[];
}

export interface BackgroundConfig {
  readonly worker: WorkerConfig;
  readonly metrics: MetricsConfig;
  readonly reconcile: ReconcileConfig;
  readonly alerts: AlertsConfig;
}

export const toBackgroundConfig = (env: Env): BackgroundConfig => ({
  worker: { port: env.WORKER_PORT, host: env.HOST },
  metrics: { allowedAddresses: env.METRICS_ALLOW },
  reconcile: { pollIntervalMs: env.RECONCILE_INTERVAL * 60_000 },
  alerts: { emails: env.ALERT_EMAILS, webhookUrl: env.ALERT_WEBHOOK_URL },
});
