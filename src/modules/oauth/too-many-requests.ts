import { errors } from 'oidc-provider';
import type { TooManyAttemptsError } from 'src/modules/auth';

/** RFC 6749 defines no such error. Clients act on the status and on Retry-After. */
export class TooManyRequestsError extends errors.OIDCProviderError {
  readonly retryAfterSeconds: number;

  constructor(cause: TooManyAttemptsError, description: string) {
    super(429, 'temporarily_unavailable');
    this.error_description = description;
    this.expose = true;
    // A page for the person: the application would send the browser straight back.
    this.allow_redirect = false;
    this.retryAfterSeconds = cause.retryAfterSeconds ?? 1;
  }
}

/** Seconds to wait, when that is why a request failed. */
export const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof TooManyRequestsError ? error.retryAfterSeconds : undefined;
