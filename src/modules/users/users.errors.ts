import { AppError } from 'src/common/errors/app-error';

/** Another account has this address, in any upper and lower case. */
export class EmailTakenError extends AppError {
  readonly code = 'email_taken';
  readonly kind = 'conflict';
  readonly title = 'This email address is already registered';

  constructor() {
    super('An account with this email address already exists. Sign in instead.');
  }
}

/** No account has this id. */
export class UserNotFoundError extends AppError {
  readonly code = 'user_not_found';
  readonly kind = 'not_found';
  readonly title = 'There is no such user';

  constructor() {
    super('No user has this id.');
  }
}
