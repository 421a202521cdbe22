import type { Certificate } from 'src/modules/chapters/certificates/certificates.service';
import type { CertificateResponse } from './certificate.schema';

/** `issuer` is part of the signed text, but links use the current address of the service. */
export function toCertificateResponse(certificate: Certificate, publicUrl: string): CertificateResponse {
  const { claims, keyId, jws } = certificate;
  return {
    code: claims.code,
    student_name: claims.name,
    course_title: claims.course,
    issued_at: claims.issuedAt.toISOString(),
    verification_url: verificationUrl(publicUrl, claims.code),
    pdf_url: `${verificationUrl(publicUrl, claims.code)}.pdf`,
    signature: {
      format: 'JWS',
      algorithm: 'ES256',
      key_id: keyId,
      keys_url: `${publicUrl}/.well-known/jwks.json`,
      value: jws,
    },
  };
}

export const verificationUrl = (publicUrl: string, code: string): string =>
  `${publicUrl}/certificates/${code}`;

/** The date of issue, in UTC. */
export function formatIssueDate(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
