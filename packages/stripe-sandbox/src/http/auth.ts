import { ApiError } from '../core/errors';

/** Accepts every `sk_test_…` or `rk_test_…` key as Bearer, or as the user name of Basic; throws 401 otherwise. */
export function checkKey(header: string | undefined): void {
  const key = keyOf(header);
  if (key !== undefined && /^[sr]k_test_\w+$/.test(key)) return;
  const message =
    key === undefined
      ? 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.'
      : `Invalid API Key provided: ${mask(key)}`;
  throw new ApiError(401, { type: 'invalid_request_error', message });
}

function keyOf(header: string | undefined): string | undefined {
  const [scheme, value] = (header ?? '').split(' ');
  if (!value) return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
}

function mask(key: string): string {
  return key.length <= 12
    ? '*'.repeat(key.length)
    : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
