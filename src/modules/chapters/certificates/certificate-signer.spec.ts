import { generateKeyPairSync } from 'node:crypto';
import type { AuthConfig } from 'src/config/app-config';
import type { SigningKeyJwk } from 'src/config/signing-keys.schema';
import { CertificateSigner } from './certificate-signer';

function aKey(kid: string): SigningKeyJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } as SigningKeyJwk;
}

const signerWith = (...signingKeys: SigningKeyJwk[]) =>
  new CertificateSigner({ signingKeys } as unknown as AuthConfig);
const [first, second] = [aKey('first'), aKey('second')];
const claims = {
  code: '0DT7M-1EV8N-2FW9P-3GXAQ',
  name: 'Žofia “Zoë” 李',
  course: 'A course',
  chapters: 6,
  courseVersion: 'abc',
  issuedAt: new Date('2026-11-24T20:00:00Z'),
  issuer: 'https://course.example',
};
const decode = (part = '') => Buffer.from(part, 'base64url').toString();
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('CertificateSigner', () => {
  const signer = signerWith(first, second);
  const { jws, keyId } = signer.sign(claims);
  const [header, payload, signature] = jws.split('.');

  it('signs with the first key and its own token type', () => {
    expect(keyId).toBe('first');
    expect(JSON.parse(decode(header))).toEqual({ alg: 'ES256', kid: 'first', typ: 'certificate+jws' });
  });

  it('signs canonical JSON: sorted members, no spaces', () => {
    const text = decode(payload);
    const sorted = Object.entries(JSON.parse(text) as object).sort(([a], [b]) => (a < b ? -1 : 1));

    expect(text).toBe(JSON.stringify(Object.fromEntries(sorted)));
  });

  it('can be verified offline with the public key (RFC 7515)', async () => {
    const { kty, crv, x, y } = first;
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify']);

    const isGenuine = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      Buffer.from(signature ?? '', 'base64url'),
      Buffer.from(`${header}.${payload}`),
    );

    expect(isGenuine).toBe(true);
  });

  it('verifies its signatures, also after key rotation', () => {
    expect(signer.read(jws)).toEqual({ claims, proof: 'genuine' });
    expect(signerWith(second, first).read(jws)).toEqual({ claims, proof: 'genuine' });
  });

  it('says so when the key was retired', () => {
    expect(signerWith(second).read(jws)).toEqual({ claims, proof: 'unverifiable' });
  });

  it.each<[string, string]>([
    ['another name', `${header}.${encode(decode(payload).replace('Zoë', 'Eve'))}.${signature}`],
    ['another key behind the same name', signerWith({ ...second, kid: 'first' }).sign(claims).jws],
    ['no signature', `${header}.${payload}.`],
    ['no algorithm', `${encode('{"alg":"none","kid":"first","typ":"certificate+jws"}')}.${payload}.`],
    ['another type', `${encode('{"alg":"ES256","kid":"first","typ":"at+jwt"}')}.${payload}.${signature}`],
    ['a fourth part', `${jws}.x`],
    ['no JSON', 'a.b.c'],
    ['nothing', ''],
  ])('refuses %s', (_, forged) => {
    expect(signer.read(forged)).toBeUndefined();
  });
});
