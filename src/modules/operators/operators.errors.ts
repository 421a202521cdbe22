import { AppError } from 'src/common/errors/app-error';

/** The user never had a Stripe customer, so a sync has nothing to fetch. */
export class NothingToSyncError extends AppError {
  readonly code = 'nothing_to_sync';
  readonly kind = 'conflict';
  readonly title = 'There is nothing to sync';

  constructor() {
    super('This user never had a Stripe customer. Check the account: it has not started to pay.');
  }
}

/** An act that an operator must confirm, and that arrived without the confirmation. */
export class ConfirmationRequiredError extends AppError {
  readonly code = 'confirmation_required';
  readonly kind = 'conflict';
  readonly title = 'Please confirm this first';

  constructor(warning: string) {
    super(`${warning} Tick the confirmation and send the form again.`);
  }
}

/** Operators disable and reset each other, never themselves: the last one could not come back. */
export class OwnAccountError extends AppError {
  readonly code = 'own_account';
  readonly kind = 'conflict';
  readonly title = 'This is your own account';

  constructor() {
    super('Another operator must do this for you. To change your password, use your account page.');
  }
}
