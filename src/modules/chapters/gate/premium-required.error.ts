import { AppError } from 'src/common/errors/app-error';

/** The resource is premium and the caller has no access. The extensions say how to get it. */
export class PremiumRequiredError extends AppError {
  readonly code = 'premium_required';
  readonly kind = 'forbidden';
  readonly title = 'This is part of the premium course';
}
