import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, loadConfig } from './app-config';
import { envSchema } from './env.schema';

const newKey = () => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid: 'k1',
});
const KEY = newKey();
const GOOD = {
  PUBLIC_URL: 'http://127.0.0.1:3000/',
  DATABASE_URL: 'postgres://localhost/course',
  AUTH_SIGNING_KEYS: JSON.stringify({ keys: [KEY] }),
  STRIPE_SECRET_KEY: 'sk_test_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh',
  STRIPE_PREMIUM_PRICE_ID: 'price_1',
};
const LIVE = {
  ...GOOD,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://course.test',
  REDIS_URL: 'redis://localhost',
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_abc',
  SMTP_URL: 'smtps://user:secret@mail.course.dev',
  MAIL_FROM: 'Course <course@course.dev>',
  CONTACT_EMAIL: 'hello@course.dev',
};

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('loadConfig', () => {
  it('accepts the minimum and fills in the defaults', () => {
    const config = loadConfig(GOOD);

    expect(config.http).toMatchObject({ port: 3000, publicUrl: 'http://127.0.0.1:3000', production: false });
    expect(config.redis.url).toBeUndefined();
    expect(config.access.pastDueGraceMs).toBe(14 * 86_400_000);
    expect(config.access.returnUrlOrigins).toEqual(['https://chatgpt.com']);
  });

  it('lists all mistakes at once, each with its variable', () => {
    const problems = problemsOf({ STRIPE_SECRET_KEY: 'hello', PORT: '99999', AUTH_SIGNING_KEYS: '{' });

    for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'STRIPE_SECRET_KEY', 'PORT', 'AUTH_SIGNING_KEYS']) {
      expect(problems.join('\n')).toContain(name);
    }
  });

  it('treats an empty variable as not set', () => {
    expect(loadConfig({ ...GOOD, REDIS_URL: '' }).redis.url).toBeUndefined();
    expect(problemsOf({ ...GOOD, STRIPE_WEBHOOK_SECRET: '' })).toEqual([
      'STRIPE_WEBHOOK_SECRET is not set (see .env.example)',
    ]);
  });

  it('accepts several webhook secrets during a rotation', () => {
    expect(
      loadConfig({ ...GOOD, STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh, whsec_ijklmnop' }).stripe.webhookSecrets,
    ).toEqual(['whsec_abcdefgh', 'whsec_ijklmnop']);
  });

  it.each([
    ['2', 2],
    ['10.0.0.0/8, 2001:db8::/32,127.0.0.1', ['10.0.0.0/8', '2001:db8::/32', '127.0.0.1']],
    [undefined, undefined],
  ])('reads the trusted proxies %p', (TRUSTED_PROXIES, expected) => {
    expect(loadConfig({ ...GOOD, TRUSTED_PROXIES }).http.trustedProxies).toEqual(expected);
  });

  it.each(['true', '*', '0', '10', '10.0.0.0/33', '10.0.0.0/8,', 'loopback'])(
    'refuses the trusted proxies %p, with which every caller could claim any address',
    (TRUSTED_PROXIES) => {
      expect(problemsOf({ ...GOOD, TRUSTED_PROXIES }).join()).toContain('TRUSTED_PROXIES must be');
    },
  );

  it('starts in production when every value is real', () => {
    expect(problemsOf(LIVE)).toEqual([]);
  });

  it.each([
    ['in production', LIVE, true],
    ['not outside production', GOOD, false],
    ['whenever it is asked for', { ...GOOD, REQUIRE_VERIFIED_EMAIL: 'true' }, true],
    ['never when it is switched off', { ...LIVE, REQUIRE_VERIFIED_EMAIL: 'false' }, false],
  ])('requires a verified email address before a payment: %s', (_, env, expected) => {
    expect(loadConfig(env).access.requireVerifiedEmail).toBe(expected);
  });

  it.each(['STRIPE_SECRET_KEY', 'PUBLIC_URL', 'REDIS_URL', 'MAIL_FROM'])(
    'reports in one line that %s is missing in production',
    (name) => {
      expect(problemsOf({ ...LIVE, [name]: undefined })).toEqual([expect.stringMatching(`^${name} `)]);
    },
  );

  it.each<[string, Record<string, string | undefined>, string]>([
    [
      'a live key outside production',
      { ...GOOD, STRIPE_SECRET_KEY: 'sk_live_a', STRIPE_PUBLISHABLE_KEY: 'pk_live_a' },
      'STRIPE_SECRET_KEY',
    ],
    ['keys of two modes', { ...GOOD, STRIPE_PUBLISHABLE_KEY: 'pk_live_abc' }, 'STRIPE_PUBLISHABLE_KEY'],
    [
      'a test key in production',
      { ...LIVE, STRIPE_SECRET_KEY: 'sk_test_a', STRIPE_PUBLISHABLE_KEY: 'pk_test_a' },
      'STRIPE_SECRET_KEY',
    ],
    ['production without Redis', { ...LIVE, REDIS_URL: undefined }, 'REDIS_URL'],
    ['production over http', { ...LIVE, PUBLIC_URL: 'http://course.test' }, 'PUBLIC_URL'],
    ['production on the sandbox', { ...LIVE, STRIPE_API_BASE: 'http://127.0.0.1:12111' }, 'STRIPE_API_BASE'],
    ['production with failpoints', { ...LIVE, FAILPOINTS: 'web.after_insert' }, 'FAILPOINTS'],
    [
      'a placeholder in production',
      { ...LIVE, STRIPE_WEBHOOK_SECRET: 'whsec_replace_me' },
      'STRIPE_WEBHOOK_SECRET',
    ],
    ['production without a mail server', { ...LIVE, SMTP_URL: undefined }, 'SMTP_URL'],
    ['production without a sender', { ...LIVE, MAIL_FROM: undefined }, 'MAIL_FROM'],
    ['a sender on a reserved domain', { ...LIVE, MAIL_FROM: 'Course <course@example.com>' }, 'MAIL_FROM'],
    ['a sender with a second header line', { ...GOOD, MAIL_FROM: 'a@b.dev\r\nBcc: c@d.dev' }, 'MAIL_FROM'],
    ['production without a contact', { ...LIVE, CONTACT_EMAIL: undefined }, 'CONTACT_EMAIL'],
    ['a contact on a reserved domain', { ...LIVE, CONTACT_EMAIL: 'help@localhost.test' }, 'CONTACT_EMAIL'],
    ['every IPv4 address as a proxy', { ...LIVE, TRUSTED_PROXIES: '10.0.0.1,0.0.0.0/0' }, 'TRUSTED_PROXIES'],
    ['every IPv6 address as a proxy', { ...LIVE, TRUSTED_PROXIES: '::/0' }, 'TRUSTED_PROXIES'],
    ['a public address with a user', { ...LIVE, PUBLIC_URL: 'https://ada:secret@course.test' }, 'PUBLIC_URL'],
    ['a public address with a query', { ...LIVE, PUBLIC_URL: 'https://course.test/?a=b' }, 'PUBLIC_URL'],
    ['a public address with a fragment', { ...LIVE, PUBLIC_URL: 'https://course.test/#a' }, 'PUBLIC_URL'],
    ['localhost as the public address', { ...LIVE, PUBLIC_URL: 'https://localhost:3000' }, 'PUBLIC_URL'],
    ['a loopback public address', { ...LIVE, PUBLIC_URL: 'https://127.0.0.1' }, 'PUBLIC_URL'],
    ['a password over plain SMTP', { ...LIVE, SMTP_URL: 'smtp://user:secret@mail.course.dev' }, 'SMTP_URL'],
    [
      'the default database password',
      { ...LIVE, DATABASE_URL: 'postgres://course:postgres@db/course' },
      'DATABASE_URL',
    ],
    [
      'the user name as database password',
      { ...LIVE, DATABASE_URL: 'postgres://app:app@db/course' },
      'DATABASE_URL',
    ],
    [
      'an http return origin in production',
      { ...LIVE, RETURN_URL_ORIGINS: 'https://chatgpt.com,http://course.test' },
      'RETURN_URL_ORIGINS',
    ],
    [
      'a signing key whose halves do not match',
      { ...GOOD, AUTH_SIGNING_KEYS: JSON.stringify({ keys: [{ ...KEY, d: newKey().d }] }) },
      'AUTH_SIGNING_KEYS',
    ],
    ['a mail server that is a web server', { ...GOOD, SMTP_URL: 'https://mail.course.dev' }, 'SMTP_URL'],
  ])('refuses %s', (_, env, variable) => {
    expect(problemsOf(env).some((problem) => problem.startsWith(variable))).toBe(true);
  });
});

describe('.env.example', () => {
  it('names exactly the variables of the schema', () => {
    const text = readFileSync('.env.example', 'utf8');
    const named = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);

    expect(named.toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
  });

  it('holds placeholders only: production refuses every secret in it', () => {
    const text = readFileSync('.env.example', 'utf8');
    const pairs = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const problems = problemsOf({ ...Object.fromEntries(pairs), NODE_ENV: 'production' }).join('\n');

    for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'AUTH_SIGNING_KEYS', 'SMTP_URL']) {
      expect(problems).toContain(name);
    }
  });
});

describe('.env.production.example', () => {
  const lines = [...readFileSync('.env.production.example', 'utf8').matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)];
  const example = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
  const replaced = {
    PUBLIC_URL: 'https://course.dev',
    DATABASE_URL: 'postgres://course:x7Kq2vP9@db.course.dev:5432/course',
    REDIS_URL: 'rediss://default:secret@redis.course.dev:6379',
    AUTH_SIGNING_KEYS: JSON.stringify({ keys: [KEY] }),
    STRIPE_SECRET_KEY: 'sk_live_abc',
    STRIPE_PUBLISHABLE_KEY: 'pk_live_abc',
    STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh',
    STRIPE_PREMIUM_PRICE_ID: 'price_1',
    STRIPE_PREMIUM_YEARLY_PRICE_ID: 'price_2',
    STRIPE_PORTAL_CONFIGURATION_ID: 'bpc_1',
    SMTP_URL: 'smtps://user:secret@mail.course.dev:465',
    MAIL_FROM: 'Course Companion <course@course.dev>',
    CONTACT_EMAIL: 'help@course.dev',
  };

  it('is accepted once every placeholder is replaced', () => {
    expect(Object.values({ ...example, ...replaced }).filter((value) => /replace.?me/.test(value))).toEqual(
      [],
    );
    expect(problemsOf({ ...example, ...replaced })).toEqual([]);
  });

  it.each(Object.keys(replaced))('is refused while %s has its placeholder', (name) => {
    const problems = problemsOf({ ...example, ...replaced, [name]: example[name] });

    expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
  });

  it('sells a trial only with the secret under which cards are remembered', () => {
    const trial = { ...example, ...replaced, TRIAL_DAYS: '7' };

    expect(problemsOf(trial)).toEqual([expect.stringMatching(/^TRIAL_CARD_KEY/)]);
    expect(problemsOf({ ...trial, TRIAL_CARD_KEY: 'k'.repeat(32) })).toEqual([]);
  });
});
