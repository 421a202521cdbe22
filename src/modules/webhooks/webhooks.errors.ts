import { AppError } from 'src/common/errors/app-error';

/** Signed by Stripe's secret, yet not an event: kept in quarantine for an operator, and never retried into a loop. */
export class MalformedEventError extends AppError {
  readonly code = 'invalid_event';
  readonly kind = 'invalid';
  readonly title = 'The body is not a Stripe event';

  constructor() {
    super('The body is signed but is not a Stripe event.');
  }
}
