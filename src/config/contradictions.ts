import { findExposures, type RawEnv } from './exposures';

export type { RawEnv } from './exposures';

/** All checks here read the text, so every check always runs. One line per mistake, beginning with the variable to change. */
export function findContradictions(env: RawEnv): string[] {
  const secret = env['STRIPE_SECRET_KEY'] ?? '';
  const publishable = env['STRIPE_PUBLISHABLE_KEY'] ?? '';
  const found: string[] = [];
  if (isLive(secret) !== isLive(publishable) && secret !== '' && publishable !== '') {
    found.push(
      'STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY have different modes (test and live): use keys of one mode',
    );
  }
  if (env['NODE_ENV'] === 'production') return [...found, ...findProductionContradictions(env)];
  if (isLive(secret))
    found.push('STRIPE_SECRET_KEY is a live key: set NODE_ENV=production or use a test key');
  return found;
}

const isLive = (key: string) => /^(sk|rk|pk)_live_/.test(key);

const SECRETS = [
  'DATABASE_URL',
  'AUTH_SIGNING_KEYS',
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_PREMIUM_PRICE_ID',
  'STRIPE_PREMIUM_YEARLY_PRICE_ID',
  'STRIPE_PORTAL_CONFIGURATION_ID',
  'PUBLIC_URL',
  'REDIS_URL',
  'TRIAL_CARD_KEY',
  'SMTP_URL',
  'MAIL_FROM',
  'CONTACT_EMAIL',
];
const PLACEHOLDER = /replace.?me|change.?me|placeholder|sandbox|your_|xxxx|\.\.\./i;
// Reserved domains (RFC 2606) receive no email.
const RESERVED_DOMAIN =
  /@(localhost|(.+\.)?(example|test|invalid|localhost)|(.+\.)?example\.(com|net|org))>?$/i;

function findProductionContradictions(env: RawEnv): string[] {
  const found: string[] = [];
  const { STRIPE_SECRET_KEY: secret, PUBLIC_URL: publicUrl } = env;
  // The schema reports when these two are not set: one line per mistake.
  if (secret !== undefined && !isLive(secret))
    found.push('STRIPE_SECRET_KEY is not a live key: production needs sk_live_...');
  if (env['REDIS_URL'] === undefined) found.push('REDIS_URL is needed in production');
  if (publicUrl?.startsWith('https://') === false) found.push('PUBLIC_URL must be https in production');
  if (env['STRIPE_API_BASE'] !== undefined)
    found.push('STRIPE_API_BASE is for the sandbox: unset it in production');
  if (env['FAILPOINTS'] !== undefined) found.push('FAILPOINTS is for tests: unset it in production');
  if (env['SMTP_URL'] === undefined)
    found.push('SMTP_URL is needed in production: without it no email is sent');
  found.push(...findExposures(env));
  if (Number(env['TRIAL_DAYS'] ?? 0) > 0 && env['TRIAL_CARD_KEY'] === undefined)
    found.push('TRIAL_CARD_KEY is needed in production while TRIAL_DAYS is set: use 32 random characters');
  for (const name of ['MAIL_FROM', 'CONTACT_EMAIL']) {
    const address = env[name];
    if (address === undefined) found.push(`${name} is needed in production`);
    else if (RESERVED_DOMAIN.test(address))
      found.push(`${name} uses a reserved domain: set an address that receives email`);
  }
  const placeholders = SECRETS.filter((name) => PLACEHOLDER.test(env[name] ?? ''));
  return [...found, ...placeholders.map((name) => `${name} still has a placeholder: set the real value`)];
}
