import { sign, verify } from 'node:crypto';
import { ConfigError } from 'src/config/app-config';
import type { SigningKeyJwk } from 'src/config/signing-keys.schema';
import { generateSigningKey } from 'src/cli/keys/generate-signing-key';
import { SigningKeys } from './signing-keys';

const keysOf = (...signingKeys: SigningKeyJwk[]) =>
  new SigningKeys({ signingKeys, issuer: 'i', audience: 'a', accessTokenSeconds: 900, refreshTokenDays: 30 });

describe('SigningKeys', () => {
  it('signs with the first key and verifies with each', () => {
    const [current, previous] = [generateSigningKey(), generateSigningKey()];
    const keys = keysOf(current, previous);

    const signature = sign('sha256', Buffer.from('x'), keys.current.privateKey);
    const publicKey = keys.findPublicKey(keys.current.kid);

    expect(keys.current.kid).toBe(current.kid);
    expect(publicKey && verify('sha256', Buffer.from('x'), publicKey, signature)).toBe(true);
    expect(keys.findPublicKey(previous.kid)).toBeDefined();
  });

  it.each(['unknown', '__proto__', 'constructor', '../../etc/passwd', ''])('has no key called %p', (kid) => {
    expect(keysOf(generateSigningKey()).findPublicKey(kid)).toBeUndefined();
  });

  it('publishes no private part', () => {
    const keys = keysOf(generateSigningKey(), generateSigningKey());

    for (const jwk of keys.listPublic()) {
      expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    }
  });

  it('refuses a point that is not on the curve, without repeating the key', () => {
    const broken = { ...generateSigningKey(), x: 'AAAA' };

    expect(() => keysOf(broken)).toThrow(ConfigError);
    expect(() => keysOf(broken)).not.toThrow(broken.d);
  });

  it('refuses two keys with one kid', () => {
    const key = generateSigningKey();

    expect(() => keysOf(key, { ...generateSigningKey(), kid: key.kid })).toThrow('one kid');
  });
});
