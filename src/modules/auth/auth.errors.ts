import type { Scope } from 'src/common/domain/scopes';
import { AppError } from 'src/common/errors/app-error';

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
