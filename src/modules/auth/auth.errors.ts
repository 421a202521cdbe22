import type { Scope } from 'src/common/domain/scopes';
import { AppError } from 'src/common/errors/app-error';

/** Unknown, expired, or of a revoked session. The user must sign in again. */
export class InvalidRefreshTokenError extends AppError {
  readonly code = 'invalid_refresh_token';
  readonly kind = 'unauthenticated';
  readonly title = 'The session has expired';

  constructor() {
    super('The refresh token is no longer valid. Sign in again.');
  }
}

/** A refresh token was used again after its successor: two parties hold it, so the session was revoked. */
export class RefreshTokenReusedError extends AppError {
  readonly code = 'refresh_token_reused';
  readonly kind = 'unauthenticated';
  readonly title = 'The session was revoked for safety';

  constructor() {
    super('An old refresh token was used again, so its session was revoked. Sign in again.');
  }
}

/** The password was proved too long ago for this operation: an open browser that a stranger finds must not be enough. */
export class RecentSignInRequiredError extends AppError {
  readonly code = 'recent_sign_in_required';
  readonly kind = 'forbidden';
  readonly title = 'Sign in again';

  constructor() {
    super('This operation needs a sign-in of the last five minutes. Sign in again and repeat the request.');
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
        ? 'Connected applications cannot use this operation.'
        : `This operation needs the scope ${required}. Connect the application again and allow it.`,
      required === undefined ? {} : { extensions: { required_scope: required } },
    );
  }
}

/** An account page was opened without a session. Browsers are redirected to the sign-in page. */
export class SignInRequiredError extends AppError {
  readonly code = 'sign_in_required';
  readonly kind = 'unauthenticated';
  readonly title = 'Sign in to see this page';

  constructor() {
    super('You are not signed in in this browser. Sign in to see this page.');
  }
}
