import { z } from 'zod';
import { checkoutShape } from './checkout.schema';
import { FAILPOINTS } from './failpoints';
import { limitsShape } from './limits.schema';
import { signingKeySetSchema } from './signing-keys.schema';

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const commaList = (describe: string) => z.string().transform(list).describe(describe);
// An address, or a name with an address in angle brackets. One line only, so that it cannot add header lines.
const MAILBOX = /^(?:[^\p{Cc}<>@]*<[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+>|[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+)$/u;
const url = (protocol: RegExp) => z.url({ protocol });

/**
 * Every environment variable the backend reads, with unit and default. Nothing else in src/ reads process.env.
 * `.env.example` is checked against this schema by a test.
 */
export const envSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('production refuses placeholders, test keys and unconfigured parts'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the web process listens on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port of the web process'),
  PUBLIC_URL: url(/^https?$/)
    .transform((value) => value.replace(/\/+$/, ''))
    .describe('Where browsers and ChatGPT reach the web process, without a trailing slash'),
  SHUTDOWN_DRAIN_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(5000)
    .optional()
    .describe(
      'How long the web process serves on after SIGTERM, with readiness 503; by default 3000 in production',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('pino level'),
  DATABASE_URL: url(/^postgres(ql)?$/).describe('PostgreSQL, the record of everything'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10).describe('Connections per process'),
  DATABASE_WEBHOOK_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(4)
    .describe('Further connections of the web process that only webhooks use'),
  REDIS_URL: url(/^rediss?$/)
    .optional()
    .describe('Redis for Bull. Without it the worker runs everything from the inbox; production needs it'),
  REDIS_PREFIX: z
    .string()
    .min(1)
    .default('{course-companion}')
    .describe('Key prefix; braces keep a cluster in one slot'),
  CONTENT_DIR: z.string().min(1).default('content').describe('Folder with one Markdown file per chapter'),
  AUTH_SIGNING_KEYS: signingKeySetSchema.describe(
    'JWKS with private EC P-256 keys; the first key signs. Create it with `npm run keys:generate`',
  ),
  AUTH_ACCESS_TOKEN_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .max(3600)
    .default(900)
    .describe('Lifetime of an access token'),
  AUTH_REFRESH_TOKEN_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('Lifetime of an unused refresh token'),
  ...limitsShape,
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+/, 'is not a Stripe secret key (sk_test_... or sk_live_...)'),
  STRIPE_PUBLISHABLE_KEY: z.string().regex(/^pk_(test|live)_\w+/, 'is not a Stripe publishable key (pk_...)'),
  STRIPE_WEBHOOK_SECRET: commaList(
    'Signing secret(s) of the endpoint, comma separated while one is being rotated',
  ).pipe(
    z
      .array(z.string().regex(/^whsec_\S{8,}$/, 'is not a webhook signing secret (whsec_...)'))
      .min(1)
      .max(4),
  ),
  STRIPE_PREMIUM_PRICE_ID: z
    .string()
    .regex(/^price_\w+$/, 'is not a price id (price_...)')
    .describe('Monthly price'),
  STRIPE_PREMIUM_YEARLY_PRICE_ID: z
    .string()
    .regex(/^price_\w+$/, 'is not a price id (price_...)')
    .optional()
    .describe('Yearly price; without it only the monthly plan is sold'),
  STRIPE_PORTAL_CONFIGURATION_ID: z
    .string()
    .regex(/^bpc_\w+$/, 'is not a portal configuration id (bpc_...)')
    .optional()
    .describe('Configuration of the billing portal; without it the default of the account'),
  STRIPE_API_BASE: url(/^https?$/)
    .optional()
    .describe('Address of the sandbox in place of api.stripe.com. Refused in production'),
  RETURN_URL_ORIGINS: commaList('Origins that success_url and cancel_url may point to')
    .pipe(z.array(url(/^https?$/).transform((value) => new URL(value).origin)).min(1))
    .default(['https://chatgpt.com']),
  PAST_DUE_GRACE_DAYS: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(14)
    .describe('Days of access after a failed renewal'),
  RENEWAL_LEEWAY_HOURS: z.coerce
    .number()
    .min(0)
    .max(96)
    .default(72)
    .describe('Hours a renewal may take to be invoiced and paid'),
  DISPUTE_POLICY: z
    .enum(['revoke', 'keep'])
    .default('revoke')
    .describe('What an open dispute does to access; a lost one always revokes it'),
  PAUSED_COLLECTION: z
    .enum(['keep', 'deny'])
    .default('keep')
    .describe('Whether a period whose collection was paused in Stripe gives access'),
  ...checkoutShape,
  WEBHOOK_MAX_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(8)
    .describe('Failed attempts before an event is dead'),
  DISPATCH_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(50)
    .max(60_000)
    .default(1000)
    .describe('Polling interval, in case a NOTIFY is lost'),
  RECONCILE_INTERVAL: z.coerce
    .number()
    .min(1)
    .max(1440)
    .default(15)
    .describe(
      "Minutes between two readings of Stripe's list of events, which finds what no webhook delivered",
    ),
  ALERT_EMAILS: commaList(
    'Addresses that get an email when an alert opens and when it is over, comma separated',
  )
    .pipe(z.array(z.email('is not an email address')))
    .default([]),
  ALERT_WEBHOOK_URL: url(/^https?$/)
    .optional()
    .describe('Gets a message when an alert opens and when it is over, as an incoming webhook of Slack does'),
  METRICS_ALLOW: commaList('Addresses and CIDR ranges that may read /metrics, comma separated')
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], 'is not an address or CIDR range')))
    .default(['127.0.0.0/8', '::1']),
  WORKER_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('Port of the health check and the metrics of the worker process; not set: none'),
  SMTP_URL: url(/^smtps?$/)
    .optional()
    .describe(
      'Mail server, smtp[s]://user:password@host:port. Without it, emails become files; production needs it',
    ),
  MAIL_FROM: z
    .string()
    .regex(MAILBOX, 'is not a sender (Name <address>)')
    .default('Course Companion <course@localhost>')
    .describe('Sender of emails; production needs one whose domain may send through SMTP_URL'),
  MAIL_DIR: z
    .string()
    .min(1)
    .default('.data/mail')
    .describe('Folder for emails as .eml files while SMTP_URL is not set'),
  CONTACT_EMAIL: z
    .email('is not an email address')
    .default('contact@localhost.test')
    .describe('Support address on the privacy and terms pages and in emails; production needs a real one'),
  GPT_URL: z
    .url({ protocol: /^https$/, error: 'is not an https address' })
    .optional()
    .describe('Address of the published GPT, for "Open in ChatGPT"; without it, pages lead to chatgpt.com'),
  REQUIRE_VERIFIED_EMAIL: z
    .enum(['true', 'false'])
    .optional()
    .describe('Whether a payment link requires a verified email address; by default only in production'),
  FAILPOINTS: commaList('Tests only: points at which the process kills itself')
    .pipe(z.array(z.enum(FAILPOINTS)))
    .default([]),
});

export type Env = z.infer<typeof envSchema>;
