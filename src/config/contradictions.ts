/** The environment as text, before it is parsed: every check here is about what is written, so all of them always run. */
export type RawEnv = Readonly<Record<string, string | undefined>>;

/** One line each, beginning with the variable to change. */
export function findContradictions(env: RawEnv): string[] {
  const secret = env['STRIPE_SECRET_KEY'] ?? '';
  const publishable = env['STRIPE_PUBLISHABLE_KEY'] ?? '';
  const found: string[] = [];
  if (isLive(secret) !== isLive(publishable) && secret !== '' && publishable !== '') {
    found.push('STRIPE_PUBLISHABLE_KEY is of another mode (test or live) than STRIPE_SECRET_KEY');
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
  'SMTP_URL',
  'MAIL_FROM',
  'CONTACT_EMAIL',
];
const PLACEHOLDER = /replace.?me|change.?me|placeholder|sandbox|your_|xxxx|\.\.\./i;
// RFC 2606: nobody reads mail there.
const NO_MAILBOX = /@(localhost|(.+\.)?(example|test|invalid|localhost)|(.+\.)?example\.(com|net|org))>?$/i;

function findProductionContradictions(env: RawEnv): string[] {
  const found: string[] = [];
  const { STRIPE_SECRET_KEY: secret, PUBLIC_URL: publicUrl } = env;
  // That these two are not set is what the schema says: one line for one mistake.
  if (secret !== undefined && !isLive(secret))
    found.push('STRIPE_SECRET_KEY is not a live key: production needs sk_live_...');
  if (env['REDIS_URL'] === undefined) found.push('REDIS_URL is needed in production');
  if (publicUrl?.startsWith('https://') === false) found.push('PUBLIC_URL must be https in production');
  if (env['STRIPE_API_BASE'] !== undefined)
    found.push('STRIPE_API_BASE is for the sandbox: unset it in production');
  if (env['FAILPOINTS'] !== undefined) found.push('FAILPOINTS is for tests: unset it in production');
  if (env['SMTP_URL'] === undefined)
    found.push('SMTP_URL is needed in production: without it nobody gets a mail');
  for (const name of ['MAIL_FROM', 'CONTACT_EMAIL']) {
    const address = env[name];
    if (address === undefined) found.push(`${name} is needed in production`);
    else if (NO_MAILBOX.test(address)) found.push(`${name} is an address that nobody can have`);
  }
  const placeholders = SECRETS.filter((name) => PLACEHOLDER.test(env[name] ?? ''));
  return [...found, ...placeholders.map((name) => `${name} still holds a placeholder`)];
}
