import { AppError } from 'src/common/errors/app-error';

/** The resource is premium and the caller's access does not cover it; the extensions show the way on. */
export class PremiumRequiredError extends AppError {
  readonly code = 'premium_required';
  readonly kind = 'forbidden';
  readonly title = 'This is part of the premium course';
}
