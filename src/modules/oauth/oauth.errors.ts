import { AppError } from 'src/common/errors/app-error';

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
