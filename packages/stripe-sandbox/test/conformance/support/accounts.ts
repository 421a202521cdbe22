import Stripe from 'stripe';

/** One Stripe account to hold to the documentation: a base address and a key are all that tells them apart. */
export interface Account {
  name: string;
  stripe: Stripe;
}

/**
 * `STRIPE_CONFORMANCE_KEY` is a key of test mode, or several separated by commas; they are used at api.stripe.com.
 * `STRIPE_CONFORMANCE_URL` is another base address for each, e.g. of a sandbox.
 */
function readAccounts(env: NodeJS.ProcessEnv): Account[] {
  const keys = list(env['STRIPE_CONFORMANCE_KEY']);
  const urls = list(env['STRIPE_CONFORMANCE_URL']);
  if (keys.length === 0) throw new Error('STRIPE_CONFORMANCE_KEY names no key.');
  if (keys.some((key) => !key.startsWith('sk_test_')))
    throw new Error('Only keys of test mode are used: sk_test_…');
  return keys.map((key, i) => ({ name: `account ${i + 1}`, stripe: clientFor(key, urls[i]) }));
}

function list(text = ''): string[] {
  return text.split(',').filter((entry) => entry !== '');
}

function clientFor(key: string, url: string | undefined): Stripe {
  const common = { telemetry: false, maxNetworkRetries: 5 } as const;
  if (url === undefined) return new Stripe(key, common);
  const { hostname: host, port, protocol } = new URL(url);
  return new Stripe(key, {
    ...common,
    host,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    protocol: protocol === 'https:' ? 'https' : 'http',
  });
}

export const accounts = readAccounts(process.env);
export const [account] = accounts as [Account, ...Account[]];
