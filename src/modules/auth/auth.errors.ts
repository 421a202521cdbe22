import type { Scope } from 'src/common/domain/scopes';
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

/** Unknown, expired, or of a sign-in that has ended. Only a new sign-in helps. */
export class InvalidRefreshTokenError extends AppError {
  readonly code = 'invalid_refresh_token';
  readonly kind = 'unauthenticated';
  readonly title = 'The sign-in has ended';

  constructor() {
    super('The refresh token is not valid any more. Sign in again.');
  }
}

/** A refresh token was used again after its successor: two parties hold it, so the whole sign-in has been ended. */
export class RefreshTokenReusedError extends AppError {
  readonly code = 'refresh_token_reused';
  readonly kind = 'unauthenticated';
  readonly title = 'The sign-in was ended for safety';

  constructor() {
    super('An old refresh token was used again, so this sign-in has been ended everywhere. Sign in again.');
  }
}

/** A connected application asks for something that the user did not allow it (RFC 6750, section 3.1). */
export class InsufficientScopeError extends AppError {
  readonly code = 'insufficient_scope';
  readonly kind = 'forbidden';
  readonly title = 'The application may not do this';

  constructor(required: Scope | undefined) {
    super(
      required === undefined
        ? 'This operation is not open to connected applications.'
        : `This operation needs the scope ${required}. Connect the application again and allow it.`,
      required === undefined ? {} : { extensions: { required_scope: required } },
    );
  }
}

/** A page of somebody's account was opened without being signed in there; browsers are led to the sign-in page. */
export class SignInRequiredError extends AppError {
  readonly code = 'sign_in_required';
  readonly kind = 'unauthenticated';
  readonly title = 'Sign in to see this page';

  constructor() {
    super('This page is for somebody who is signed in in this browser.');
  }
}

/** No application has this client id. */
export class ClientNotFoundError extends AppError {
  readonly code = 'client_not_found';
  readonly kind = 'not_found';
  readonly title = 'There is no such application';

  constructor() {
    super('No application is registered under this client id.');
  }
}

/** A public client proves itself with PKCE on every sign-in; a secret would be one that everybody can read. */
export class ClientWithoutSecretError extends AppError {
  readonly code = 'client_without_secret';
  readonly kind = 'conflict';
  readonly title = 'This application has no secret';

  constructor() {
    super('This application runs in browsers and proves itself with PKCE; it cannot have a secret.');
  }
}

/** The request of an application to be connected is over: answered, or begun more than an hour ago, or in another browser. */
export class InteractionExpiredError extends AppError {
  readonly code = 'interaction_expired';
  readonly kind = 'invalid';
  readonly title = 'This request is over';

  constructor() {
    super('Please go back to the application and connect it once more.');
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
export class MailLimitError extends AppError {
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
