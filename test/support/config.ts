import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type AppConfig } from 'src/config/app-config';

export const WEBHOOK_SECRET = 'whsec_test_0123456789abcdef';
export const MONTHLY_PRICE = 'price_premium_monthly';
export const YEARLY_PRICE = 'price_premium_yearly';

export function newSigningKeys(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({
    keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test-1', alg: 'ES256', use: 'sig' }],
  });
}

const SIGNING_KEYS = newSigningKeys();

/** One machine plays all students here. What is about limits sets its own. */
export const WITHOUT_LIMITS = {
  API_REQUESTS_PER_MINUTE: '1000000',
  PAYMENT_WRITES_PER_MINUTE: '1000000',
  SIGN_IN_FREE_FAILURES: '1000000',
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: '1000000',
  SIGN_IN_ALARM_FAILURES: '1000000',
  REGISTRATIONS_PER_ADDRESS: '1000000',
};

export interface TestConfigOptions {
  readonly databaseUrl: string;
  readonly publicUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment of a test process, complete and valid; `env` overrides. */
export function testEnv({ databaseUrl, publicUrl = 'http://127.0.0.1:3000', env = {} }: TestConfigOptions) {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    AUTH_SIGNING_KEYS: SIGNING_KEYS,
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_sandbox',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_PREMIUM_PRICE_ID: MONTHLY_PRICE,
    STRIPE_PREMIUM_YEARLY_PRICE_ID: YEARLY_PRICE,
    ...WITHOUT_LIMITS,
    MAIL_DIR: join(tmpdir(), 'course-companion-mails'),
    ...env,
  };
}

export function testConfig(options: TestConfigOptions): AppConfig {
  return loadConfig(testEnv(options));
}
