import { AppError } from 'src/common/errors/app-error';

/** The same for an unknown address and for a wrong password, so that nobody can ask who has an account. */
export class InvalidCredentialsError extends AppError {
  readonly code = 'invalid_credentials';
  readonly kind = 'unauthenticated';
  readonly title = 'Sign-in failed';

  constructor() {
    super('The email address or the password is wrong.');
  }
}

/** The link in an email is unknown, used, replaced by a newer one, or expired. The answer does not say which. */
export class LinkNotValidError extends AppError {
  readonly code = 'link_not_valid';
  readonly kind = 'invalid';
  readonly title = 'This link no longer works';

  constructor() {
    super('The link was already used, has expired, or was replaced by a newer one. Request another link.');
  }
}

/** The password that confirms a change is wrong. Not 401, because the session itself is valid. */
export class WrongPasswordError extends AppError {
  readonly code = 'wrong_password';
  readonly kind = 'forbidden';
  readonly title = 'Wrong password';

  constructor() {
    super('The current password is wrong.');
  }
}

/** An email of this kind was sent a moment ago, or ten were sent today. */
export class EmailLimitError extends AppError {
  readonly code = 'mail_limit';
  readonly kind = 'rate_limited';
  readonly title = 'An email was just sent';

  constructor(retryAfterSeconds: number) {
    super('We just sent that email. Check your spam folder before you ask again.', {
      retryAfterSeconds,
    });
  }
}
