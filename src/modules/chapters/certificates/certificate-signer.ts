import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AuthConfig } from 'src/config/app-config';
import type { CertificateClaims } from './domain/certificate';

/** Prevents a certificate from being accepted as an access token of the same key, and the reverse (RFC 8725, section 3.11). */
export const CERTIFICATE_TYPE = 'certificate+jws';

const headerSchema = z.object({ alg: z.literal('ES256'), kid: z.string(), typ: z.literal(CERTIFICATE_TYPE) });
const payloadSchema = z.object({
  chapters: z.int(),
  code: z.string(),
  course: z.string(),
  course_version: z.string(),
  issued_at: z.iso.datetime(),
  issuer: z.string(),
  name: z.string(),
});

export interface SignedCertificate {
  readonly jws: string;
  readonly keyId: string;
}

/** `genuine`: the signature is valid. `unverifiable`: the signing key was retired, so only our database confirms it. */
export interface ReadCertificate {
  readonly claims: CertificateClaims;
  readonly proof: 'genuine' | 'unverifiable';
}

/**
 * A certificate is a compact JWS (RFC 7515, ES256) over canonical JSON (sorted keys, no spaces), signed with the first
 * signing key of the service. Anyone with the text and `/.well-known/jwks.json` can verify it offline with any JOSE library.
 */
@Injectable()
export class CertificateSigner {
  private readonly current: { readonly kid: string; readonly privateKey: KeyObject };
  private readonly publicKeys: ReadonlyMap<string, KeyObject>;

  constructor({ signingKeys }: AuthConfig) {
    const [first] = signingKeys;
    if (first === undefined) throw new Error('there is no signing key');
    this.current = { kid: first.kid, privateKey: createPrivateKey({ key: first, format: 'jwk' }) };
    this.publicKeys = new Map(
      signingKeys.map(({ kid, kty, crv, x, y }) => [
        kid,
        createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
      ]),
    );
  }

  sign(claims: CertificateClaims): SignedCertificate {
    const { kid, privateKey } = this.current;
    const input = `${encode({ alg: 'ES256', kid, typ: CERTIFICATE_TYPE })}.${encode(toPayload(claims))}`;
    const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { jws: `${input}.${signature.toString('base64url')}`, keyId: kid };
  }

  /** Undefined when the text is not a certificate of this service or was altered. */
  read(jws: string): ReadCertificate | undefined {
    const [header = '', payload = '', signature = '', ...rest] = jws.split('.');
    const parsedHeader = headerSchema.safeParse(decode(header));
    const parsedPayload = payloadSchema.safeParse(decode(payload));
    if (!parsedHeader.success || !parsedPayload.success || rest.length > 0) return undefined;
    const claims = toClaims(parsedPayload.data);
    const key = this.publicKeys.get(parsedHeader.data.kid);
    if (key === undefined) return { claims, proof: 'unverifiable' };
    const isGenuine = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    return isGenuine ? { claims, proof: 'genuine' } : undefined;
  }
}

function toPayload(claims: CertificateClaims): z.infer<typeof payloadSchema> {
  // In alphabetical order, so that equal certificates have equal bytes (RFC 8785 for text and whole numbers).
  return {
    chapters: claims.chapters,
    code: claims.code,
    course: claims.course,
    course_version: claims.courseVersion,
    issued_at: claims.issuedAt.toISOString(),
    issuer: claims.issuer,
    name: claims.name,
  };
}

function toClaims(payload: z.infer<typeof payloadSchema>): CertificateClaims {
  const { course_version: courseVersion, issued_at: issuedAt, ...same } = payload;
  return { ...same, courseVersion, issuedAt: new Date(issuedAt) };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
