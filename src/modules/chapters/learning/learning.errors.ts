import { AppError } from 'src/common/errors/app-error';

/** The time zone was changed more often than anybody travels. */
export class TooManyTimeZoneChangesError extends AppError {
  readonly code = 'too_many_time_zone_changes';
  readonly kind = 'rate_limited';
  readonly title = 'The time zone was changed too often';

  constructor({ until, now }: { until: Date; now: Date }) {
    super('The time zone was changed too often in the last 24 hours. The present one stays for now.', {
      retryAfterSeconds: Math.ceil((until.getTime() - now.getTime()) / 1000),
    });
  }
}

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
