import { AppError } from 'src/common/errors/app-error';

/** No application has this client id. */
export class ClientNotFoundError extends AppError {
  readonly code = 'client_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown application';

  constructor() {
    super('No application is registered under this client id.');
  }
}

/** A public client authenticates with PKCE. Its secret could be read by everyone. */
export class ClientWithoutSecretError extends AppError {
  readonly code = 'client_without_secret';
  readonly kind = 'conflict';
  readonly title = 'This application has no secret';

  constructor() {
    super('This application runs in browsers and authenticates with PKCE, so it cannot have a secret.');
  }
}

/** The authorization request was answered already, started more than an hour ago, or belongs to another browser. */
export class InteractionExpiredError extends AppError {
  readonly code = 'interaction_expired';
  readonly kind = 'invalid';
  readonly title = 'This request was already answered or has expired';

  constructor() {
    super('If the application is not connected yet, go back to it and connect it again.');
  }
}
