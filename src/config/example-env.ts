import { generateKeyPairSync } from 'node:crypto';
import type { RawEnv } from './exposures';

/** A valid environment for tools that build the application without running it. It gives access to nothing. */
export function exampleEnv(): RawEnv {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'example' };
  return {
    PUBLIC_URL: 'http://127.0.0.1:3000',
    DATABASE_URL: 'postgres://127.0.0.1/course',
    AUTH_SIGNING_KEYS: JSON.stringify({ keys: [key] }),
    STRIPE_SECRET_KEY: 'sk_test_example',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_example',
    STRIPE_WEBHOOK_SECRET: 'whsec_example_only',
    STRIPE_PREMIUM_PRICE_ID: 'price_example',
    STRIPE_PREMIUM_YEARLY_PRICE_ID: 'price_example_yearly',
  };
}
