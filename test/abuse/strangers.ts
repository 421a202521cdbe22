import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Authorization headers that give nobody access, made from a good token of someone else. */
export function badAuthorizations(goodToken: string, victimId: string): string[] {
  const [header = '', payload = '', signature = ''] = goodToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const stolen = encode({ ...claims, sub: victimId, role: 'operator' });
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = (head: object, body: string) => {
    const input = `${encode(head)}.${body}`;
    const proof = sign('sha256', Buffer.from(input), { key: own.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${proof.toString('base64url')}`;
  };
  const original = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
  const jwk = own.publicKey.export({ format: 'jwk' });
  const symmetric = `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${stolen}`;
  const mac = createHmac('sha256', '').update(symmetric).digest('base64url');
  return [
    `Bearer ${header}.${stolen}.${signature}`,
    `Bearer ${encode({ ...original, alg: 'none' })}.${stolen}.`,
    `Bearer ${signed(original, stolen)}`,
    `Bearer ${signed({ ...original, jwk, kid: undefined }, stolen)}`,
    `Bearer ${signed({ ...original, kid: '../../../dev/null' }, stolen)}`,
    `Bearer ${symmetric}.${mac}`,
    `Bearer ${header}.${payload}.`,
    `Bearer ${header}.${payload}`,
    `Bearer ${goodToken}x`,
    `Basic ${Buffer.from(`${victimId}:x`).toString('base64')}`,
    `Bearer`,
    `Bearer `,
    `Bearer null`,
    goodToken,
    `Bearer ${'x'.repeat(6000)}`,
    `Bearer ${encode({ alg: 'ES256' })}.${'A'.repeat(4000)}.AAAA`,
  ];
}
