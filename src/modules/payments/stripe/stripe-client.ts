import Stripe from 'stripe';
import type { StripeConfig } from 'src/config/app-config';

/** The API version that our types, our mappers and our webhook endpoint are pinned to. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

// Two attempts of 4.5 s stay below the 10 s that a caller (ChatGPT, a person at the return page) may be kept waiting.
const TIMEOUT_MS = 4500;
const NETWORK_RETRIES = 1;

/** One client per process; talks to the sandbox when `apiBase` is set, to api.stripe.com otherwise. */
export function createStripeClient({
  secretKey,
  apiBase,
}: Pick<StripeConfig, 'secretKey' | 'apiBase'>): Stripe {
  return new Stripe(secretKey, {
    apiVersion: STRIPE_API_VERSION,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: NETWORK_RETRIES,
    telemetry: false,
    appInfo: { name: 'course-companion' },
    ...(apiBase === undefined ? {} : hostOf(apiBase)),
  });
}

function hostOf(apiBase: string) {
  const { hostname, port, protocol } = new URL(apiBase);
  const scheme = protocol === 'http:' ? ('http' as const) : ('https' as const);
  return {
    host: hostname,
    port: port === '' ? (scheme === 'http' ? 80 : 443) : Number(port),
    protocol: scheme,
  };
}
