import { AppError } from 'src/common/errors/app-error';

/** The course is not complete. The extensions say what is missing. */
export class CertificateNotEarnedError extends AppError {
  readonly code = 'certificate_not_earned';
  readonly kind = 'conflict';
  readonly title = 'The certificate is not earned yet';
}

/** The certificate was issued and later revoked. */
export class CertificateRevokedError extends AppError {
  readonly code = 'certificate_revoked';
  readonly kind = 'conflict';
  readonly title = 'The certificate was revoked';

  constructor() {
    super('This certificate was revoked and is no longer valid. Contact support for the reason.');
  }
}

/** No certificate has this code. */
export class CertificateNotFoundError extends AppError {
  readonly code = 'certificate_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown certificate';

  constructor() {
    super('There is no certificate with this code.');
  }
}
