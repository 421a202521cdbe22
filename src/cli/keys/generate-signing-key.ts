import { createHash, generateKeyPairSync } from 'node:crypto';
import type { SigningKeyJwk } from 'src/config/signing-keys.schema';

/** A new private P-256 key. Its kid is the RFC 7638 thumbprint, so no two keys share it. */
export function generateSigningKey(): SigningKeyJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const members = JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
  const kid = createHash('sha256').update(members).digest('base64url');
  return { kty: 'EC', crv: 'P-256', x, y, d, kid, alg: 'ES256', use: 'sig' };
}
