import { AppError } from 'src/common/errors/app-error';

/** The billing link was opened before, or is too old. */
export class BillingLinkUsedError extends AppError {
  readonly code = 'billing_link_used';
  readonly kind = 'conflict';
  readonly title = 'This link was already used';

  constructor() {
    super('Billing links work once and for one hour. Open billing again from your account.');
  }
}

/** The billing link belongs to another account than the one that is signed in. */
export class OtherAccountError extends AppError {
  readonly code = 'other_account';
  readonly kind = 'forbidden';
  readonly title = 'This link belongs to another account';

  constructor() {
    super('You are signed in with a different account. Sign out, then open the link again.');
  }
}

/** No invoice of this user has this id. */
export class InvoiceNotFoundError extends AppError {
  readonly code = 'invoice_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown invoice';

  constructor() {
    super('You have no invoice with this id.');
  }
}
