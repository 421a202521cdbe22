import { AppError } from 'src/common/errors/app-error';

/** The same for an unknown address and for a wrong password, so that nobody can ask who has an account. */
export class InvalidCredentialsError extends AppError {
  readonly code = 'invalid_credentials';
  readonly kind = 'unauthenticated';
  readonly title = 'Sign-in failed';

  constructor() {
    super('The e-mail address or the password is not right.');
  }
}

/** The link in a mail is unknown, used, replaced by a newer one, or too old; which of them is not said. */
export class LinkNotValidError extends AppError {
  readonly code = 'link_not_valid';
  readonly kind = 'invalid';
  readonly title = 'This link does not work any more';

  constructor() {
    super('The link was used before, is too old, or a newer one was sent. Ask for another.');
  }
}

/** The password that proves that the owner is asking for the change is wrong. Not 401: the sign-in itself is good. */
export class WrongPasswordError extends AppError {
  readonly code = 'wrong_password';
  readonly kind = 'forbidden';
  readonly title = 'The password is not right';

  constructor() {
    super('The current password is not right.');
  }
}

/** A mail of this kind was sent a moment ago, or ten were sent today. */
export class EmailLimitError extends AppError {
  readonly code = 'mail_limit';
  readonly kind = 'rate_limited';
  readonly title = 'A mail is on its way already';

  constructor(retryAfterSeconds: number) {
    super(
      'We have just sent you such a mail. Please look for it, also among unwanted mail, before asking again.',
      {
        retryAfterSeconds,
      },
    );
  }
}
