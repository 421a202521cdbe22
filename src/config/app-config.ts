import { toBackgroundConfig, type BackgroundConfig } from './background-config';
import { toCheckout, type CheckoutConfig } from './checkout-config';
import { findContradictions, type RawEnv } from './contradictions';
import { envSchema, type Env } from './env.schema';
import type { FailpointName } from './failpoints';
import type { SigningKeyJwk } from './signing-keys.schema';

// Each slice is an injection token: a class asks for exactly what it needs, never for a string-keyed bag.

export abstract class HttpConfig {
  abstract readonly host: string;
  abstract readonly port: number;
  /** Without a trailing slash. */
  abstract readonly publicUrl: string;
  abstract readonly logLevel: string;
  abstract readonly production: boolean;
  /** From a signal to the closing of the port: readiness answers 503 and everything is served. */
  abstract readonly drainMs: number;
  /** Trusted proxies, as a number or as addresses; undefined means none. */
  abstract readonly trustedProxies: number | readonly string[] | undefined;
}

export abstract class DatabaseConfig {
  abstract readonly url: string;
  abstract readonly poolSize: number;
  /** Of the connections that only received events use, in the web process. */
  abstract readonly webhookPoolSize: number;
}

export abstract class RedisConfig {
  /** Undefined without Redis; the dispatcher then runs every event from the inbox. */
  abstract readonly url: string | undefined;
  abstract readonly prefix: string;
}

export abstract class AuthConfig {
  /** The first key signs; all keys verify. */
  abstract readonly signingKeys: readonly SigningKeyJwk[];
  abstract readonly issuer: string;
  abstract readonly audience: string;
  abstract readonly accessTokenSeconds: number;
  abstract readonly refreshTokenDays: number;
}

export abstract class LimitsConfig {
  abstract readonly apiRequestsPerMinute: number;
  abstract readonly paymentWritesPerMinute: number;
  abstract readonly signInFreeFailures: number;
  abstract readonly signInFreeFailuresPerAddress: number;
  abstract readonly signInAlarmFailures: number;
  abstract readonly registrationsPerAddress: number;
}

export abstract class StripeConfig {
  abstract readonly secretKey: string;
  abstract readonly publishableKey: string;
  abstract readonly webhookSecrets: readonly string[];
  abstract readonly monthlyPriceId: string;
  abstract readonly yearlyPriceId: string | undefined;
  /** Of the billing portal; undefined for the default of the account. */
  abstract readonly portalConfigurationId: string | undefined;
  /** The sandbox in place of api.stripe.com, whose clock moves business time; undefined for the real Stripe. */
  abstract readonly apiBase: string | undefined;
  abstract readonly livemode: boolean;
}

export abstract class AccessConfig {
  abstract readonly pastDueGraceMs: number;
  abstract readonly renewalLeewayMs: number;
  abstract readonly disputes: 'revoke' | 'keep';
  abstract readonly pausedCollection: 'keep' | 'deny';
  abstract readonly returnUrlOrigins: readonly string[];
  /** A payment link requires a verified email address. */
  abstract readonly requireVerifiedEmail: boolean;
}

export abstract class MailConfig {
  /** Undefined: emails become files in `directory`. */
  abstract readonly smtpUrl: string | undefined;
  abstract readonly directory: string;
  /** `Name <address>`. */
  abstract readonly from: string;
  /** Polling interval, in case a NOTIFY is lost. */
  abstract readonly pollMs: number;
  /** Secret parts of the signing keys, which encrypt waiting emails: the first encrypts, all decrypt. */
  abstract readonly sealingSecrets: readonly string[];
}

export abstract class SiteConfig {
  /** The address of support. */
  abstract readonly contactEmail: string;
  abstract readonly gptUrl: string | undefined;
}

export abstract class WebhooksConfig {
  abstract readonly maxAttempts: number;
  abstract readonly dispatchIntervalMs: number;
  abstract readonly failpoints: readonly FailpointName[];
}

export abstract class ContentConfig {
  abstract readonly directory: string;
  /** Reloads the content when a file changes; only outside production. */
  abstract readonly reload: boolean;
}

export interface AppConfig extends BackgroundConfig {
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  readonly redis: RedisConfig;
  readonly auth: AuthConfig;
  readonly limits: LimitsConfig;
  readonly stripe: StripeConfig;
  readonly access: AccessConfig;
  readonly checkout: CheckoutConfig;
  readonly webhooks: WebhooksConfig;
  readonly content: ContentConfig;
  readonly mail: MailConfig;
  readonly site: SiteConfig;
}

/** All mistakes in the environment at once, one line each, naming the variable and the fix. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** An empty variable counts as not set: `REDIS_URL=` in an env file means no Redis. Throws ConfigError. */
export function loadConfig(source: RawEnv = process.env): AppConfig {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = envSchema.safeParse(present);
  const mistakes = parsed.success ? [] : parsed.error.issues.map((issue) => describeIssue(issue, present));
  const problems = [...mistakes, ...findContradictions(present)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

function describeIssue({ path, message }: { path: PropertyKey[]; message: string }, present: RawEnv): string {
  const name = String(path[0] ?? 'environment');
  return name in present ? `${name} ${message}` : `${name} is not set (see .env.example)`;
}

const HOUR = 3_600_000;

const isProduction = (env: Env): boolean => env.NODE_ENV === 'production';

function toConfig(env: Env): AppConfig {
  return {
    http: toHttp(env),
    database: {
      url: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL_SIZE,
      webhookPoolSize: env.DATABASE_WEBHOOK_POOL_SIZE,
    },
    redis: { url: env.REDIS_URL, prefix: env.REDIS_PREFIX },
    auth: toAuth(env),
    limits: toLimits(env),
    stripe: toStripe(env),
    access: toAccess(env),
    checkout: toCheckout(env),
    webhooks: {
      maxAttempts: env.WEBHOOK_MAX_ATTEMPTS,
      dispatchIntervalMs: env.DISPATCH_INTERVAL_MS,
      failpoints: env.FAILPOINTS,
    },
    ...toBackgroundConfig(env),
    content: { directory: env.CONTENT_DIR, reload: !isProduction(env) },
    mail: {
      smtpUrl: env.SMTP_URL,
      directory: env.MAIL_DIR,
      from: env.MAIL_FROM,
      pollMs: env.DISPATCH_INTERVAL_MS,
      sealingSecrets: env.AUTH_SIGNING_KEYS.map(({ d }) => d),
    },
    site: { contactEmail: env.CONTACT_EMAIL, gptUrl: env.GPT_URL },
  };
}

function toHttp(env: Env): AppConfig['http'] {
  const production = isProduction(env);
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    logLevel: env.LOG_LEVEL,
    production,
    drainMs: env.SHUTDOWN_DRAIN_MS ?? (production ? 3000 : 0),
    trustedProxies: env.TRUSTED_PROXIES,
  };
}

function toLimits(env: Env): AppConfig['limits'] {
  return {
    apiRequestsPerMinute: env.API_REQUESTS_PER_MINUTE,
    paymentWritesPerMinute: env.PAYMENT_WRITES_PER_MINUTE,
    signInFreeFailures: env.SIGN_IN_FREE_FAILURES,
    signInFreeFailuresPerAddress: env.SIGN_IN_FREE_FAILURES_PER_ADDRESS,
    signInAlarmFailures: env.SIGN_IN_ALARM_FAILURES,
    registrationsPerAddress: env.REGISTRATIONS_PER_ADDRESS,
  };
}

function toStripe(env: Env): AppConfig['stripe'] {
  return {
    secretKey: env.STRIPE_SECRET_KEY,
    publishableKey: env.STRIPE_PUBLISHABLE_KEY,
    webhookSecrets: env.STRIPE_WEBHOOK_SECRET,
    monthlyPriceId: env.STRIPE_PREMIUM_PRICE_ID,
    yearlyPriceId: env.STRIPE_PREMIUM_YEARLY_PRICE_ID,
    portalConfigurationId: env.STRIPE_PORTAL_CONFIGURATION_ID,
    apiBase: env.STRIPE_API_BASE,
    livemode: /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY),
  };
}

function toAccess(env: Env): AppConfig['access'] {
  return {
    pastDueGraceMs: env.PAST_DUE_GRACE_DAYS * 24 * HOUR,
    renewalLeewayMs: env.RENEWAL_LEEWAY_HOURS * HOUR,
    disputes: env.DISPUTE_POLICY,
    pausedCollection: env.PAUSED_COLLECTION,
    returnUrlOrigins: env.RETURN_URL_ORIGINS,
    requireVerifiedEmail: (env.REQUIRE_VERIFIED_EMAIL ?? String(isProduction(env))) === 'true',
  };
}

function toAuth(env: Env): AppConfig['auth'] {
  return {
    signingKeys: env.AUTH_SIGNING_KEYS,
    issuer: env.PUBLIC_URL,
    audience: `${env.PUBLIC_URL}/api`,
    accessTokenSeconds: env.AUTH_ACCESS_TOKEN_SECONDS,
    refreshTokenDays: env.AUTH_REFRESH_TOKEN_DAYS,
  };
}
