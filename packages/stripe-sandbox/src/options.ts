import type { Catalog } from './catalog';
import type { Settings } from './core/world';

/** Options of a sandbox; every option has a default. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Base of hosted pages; by default the address it listens on. */
  publicUrl?: string | undefined;
  /** File that keeps the state between starts. */
  snapshotPath?: string | undefined;
  /** Products and prices to create unless they exist; `premium` is the built-in catalogue. */
  catalog?: 'premium' | Catalog | undefined;
  /** With `webhookSecret`: register one endpoint with this URL and secret. */
  webhookUrl?: string | undefined;
  webhookSecret?: string | undefined;
  /** Seed of all randomness; a new one per start by default. */
  seed?: number | undefined;
  retryDelaysMs?: readonly number[];
  deliveryTimeoutMs?: number;
  draftSeconds?: number;
  retryDays?: readonly number[];
  upcomingDays?: number;
  afterRetries?: 'cancel' | 'unpaid' | 'past_due' | 'pause';
  settleDelayMs?: number;
  /** An endpoint that refuses `invoice.created` delays the finalisation of a renewal by up to 72 hours; off by default. */
  delayFinalization?: boolean;
  /** Business days after which finished invoices and page sessions are deleted; never by default, as on Stripe. */
  keepDays?: number | undefined;
  /** Reads and writes allowed per second, each; unlimited by default. Stripe's test mode allows 25. */
  rateLimit?: number | undefined;
}

const HOUR_MS = 3_600_000;
const DEFAULT_RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000, HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];

/** Stripe's eight tries within two weeks, at fixed days. */
const DEFAULT_RETRY_DAYS = [1, 3, 5, 7, 9, 11, 13, 14];

export function settingsOf(options: SandboxOptions): Settings {
  return {
    publicUrl: options.publicUrl ?? '',
    retryDelaysMs: options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS,
    deliveryTimeoutMs: options.deliveryTimeoutMs ?? 15_000,
    draftSeconds: options.draftSeconds ?? 3600,
    retryDays: options.retryDays ?? DEFAULT_RETRY_DAYS,
    upcomingDays: options.upcomingDays ?? 7,
    keepDays: options.keepDays,
    afterRetries: options.afterRetries ?? 'cancel',
    settleDelayMs: options.settleDelayMs ?? 20_000,
  };
}
