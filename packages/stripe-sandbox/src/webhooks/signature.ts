import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header of one delivery attempt: `t` in real seconds and one `v1` per secret that is valid at
 * the moment (two while a secret is rolled).
 */
export function signatureHeader(body: string, secrets: readonly string[], timestamp: number): string {
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  );
  return [`t=${timestamp}`, ...signatures].join(',');
}
