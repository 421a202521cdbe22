import type { LocalSecrets } from './secrets';
import {
  backendEnv,
  configuredForSandbox,
  decidePlan,
  parsePort,
  sandboxEnv,
  withoutEmpty,
  type Addresses,
} from './settings';

const secrets: LocalSecrets = {
  stripe_secret_key: 'sk_test_sandbox1',
  stripe_publishable_key: 'pk_test_sandbox',
  webhook_secret: 'whsec_1',
  auth_signing_keys: { keys: [{ kid: 'one' }] },
  operator: { email: 'operator@example.com', password: 'password' },
};
const addresses: Addresses = {
  webPort: 3100,
  emailFolder: '/data/mail',
  databaseUrl: 'postgresql://127.0.0.1:1/app',
  redisUrl: undefined,
  sandboxUrl: 'http://127.0.0.1:2',
};

describe('decidePlan', () => {
  it('starts every embedded part when nothing is configured', () => {
    expect(decidePlan({})).toEqual({ postgres: true, redis: true, sandbox: true });
  });

  it.each([
    ['DATABASE_URL', { postgres: false }],
    ['REDIS_URL', { redis: false }],
    ['STRIPE_SECRET_KEY', { sandbox: false }],
    ['STRIPE_API_BASE', { sandbox: false }],
  ])('uses the configured part when %s is set', (name, expected) => {
    expect(decidePlan({ [name]: 'x' })).toMatchObject(expected);
  });

  it('treats an empty value as not configured', () => {
    expect(decidePlan(withoutEmpty({ DATABASE_URL: '' })).postgres).toBe(true);
  });
});

describe('backendEnv', () => {
  it('points the backend at the sandbox with its keys and prices', () => {
    expect(backendEnv({}, secrets, addresses)).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '3100',
      PUBLIC_URL: 'http://127.0.0.1:3100',
      DATABASE_URL: 'postgresql://127.0.0.1:1/app',
      AUTH_SIGNING_KEYS: '{"keys":[{"kid":"one"}]}',
      MAIL_DIR: '/data/mail',
      STRIPE_SECRET_KEY: 'sk_test_sandbox1',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: 'whsec_1',
      STRIPE_PREMIUM_PRICE_ID: 'price_premium_monthly',
      STRIPE_PREMIUM_YEARLY_PRICE_ID: 'price_premium_yearly',
      STRIPE_API_BASE: 'http://127.0.0.1:2',
    });
  });

  it('adds nothing of the sandbox to a configured Stripe', () => {
    const env = { STRIPE_SECRET_KEY: 'sk_test_real' };

    const result = backendEnv(env, secrets, { ...addresses, sandboxUrl: undefined });

    expect(Object.entries(result).filter(([name]) => name.startsWith('STRIPE_'))).toEqual([
      ['STRIPE_SECRET_KEY', 'sk_test_real'],
    ]);
  });

  it('accepts deliveries that stripe listen forwards beside those of the sandbox', () => {
    const env = { STRIPE_WEBHOOK_SECRET: 'whsec_of_listen' };

    expect(backendEnv(env, secrets, addresses)['STRIPE_WEBHOOK_SECRET']).toBe('whsec_of_listen,whsec_1');
    expect(sandboxEnv(env, secrets, { port: 2, webPort: 1, snapshot: '' })['SANDBOX_WEBHOOK_SECRET']).toBe(
      'whsec_1',
    );
  });

  it.each(['STRIPE_PREMIUM_PRICE_ID', 'STRIPE_PREMIUM_YEARLY_PRICE_ID'])(
    'keeps a configured %s and adds no price of the sandbox to it',
    (name) => {
      const prices = Object.entries(backendEnv({ [name]: 'price_own' }, secrets, addresses)).filter(([key]) =>
        key.includes('PRICE_ID'),
      );

      expect(prices).toEqual([[name, 'price_own']]);
    },
  );

  it('names the variables that were configured for the sandbox', () => {
    const env = { STRIPE_PREMIUM_PRICE_ID: 'price_own', STRIPE_WEBHOOK_SECRET: 'whsec_own', PORT: '1' };

    expect(configuredForSandbox(env)).toEqual(['STRIPE_WEBHOOK_SECRET', 'STRIPE_PREMIUM_PRICE_ID']);
    expect(configuredForSandbox({})).toEqual([]);
  });

  it('keeps every other configured value of Stripe beside the sandbox', () => {
    const env = { STRIPE_PUBLISHABLE_KEY: 'pk_test_own' };

    expect(backendEnv(env, secrets, addresses)).toMatchObject(env);
  });

  it('keeps what the person configured', () => {
    const env = { PUBLIC_URL: 'https://course.example', HOST: '0.0.0.0', PORT: '3000', LOG_LEVEL: 'debug' };

    expect(backendEnv(env, secrets, addresses)).toMatchObject({ ...env, PORT: '3100' });
  });

  it('sets REDIS_URL only when there is a Redis', () => {
    expect(backendEnv({}, secrets, addresses)).not.toHaveProperty('REDIS_URL');
    expect(backendEnv({}, secrets, { ...addresses, redisUrl: 'redis://x' })).toMatchObject({
      REDIS_URL: 'redis://x',
    });
  });
});

describe('sandboxEnv', () => {
  it('delivers to the webhook of the web port', () => {
    expect(sandboxEnv({}, secrets, { port: 2, webPort: 3100, snapshot: 'file' })).toEqual({
      SANDBOX_PORT: '2',
      SANDBOX_SECRET_KEY: 'sk_test_sandbox1',
      SANDBOX_SNAPSHOT: 'file',
      SANDBOX_CATALOG: 'premium',
      SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:3100/api/v1/payments/webhook',
      SANDBOX_WEBHOOK_SECRET: 'whsec_1',
    });
  });
});

describe('parsePort', () => {
  it('returns the default port unless the variable names another', () => {
    expect([parsePort({}, 'PORT'), parsePort({}, 'SANDBOX_PORT')]).toEqual([3000, 12111]);
    expect(parsePort({ PORT: '8080' }, 'PORT')).toBe(8080);
  });

  it.each(['abc', '0', '65536', '80.5'])('refuses %s', (PORT) => {
    expect(() => parsePort({ PORT }, 'PORT')).toThrow(`PORT must be a port number, not "${PORT}"`);
  });
});
