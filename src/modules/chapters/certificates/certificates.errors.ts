import { AppError } from 'src/common/errors/app-error';

/** Something is left to do before there is a certificate; the extensions say what. */
export class CertificateNotEarnedError extends AppError {
  readonly code = 'certificate_not_earned';
  readonly kind = 'conflict';
  readonly title = 'The certificate is not earned yet';
}

/** The certificate was issued and later withdrawn. */
export class CertificateRevokedError extends AppError {
  readonly code = 'certificate_revoked';
  readonly kind = 'conflict';
  readonly title = 'The certificate was withdrawn';

  constructor() {
    super('This certificate was withdrawn and is no longer valid. Support can say why.');
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
