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

/** The change of plan is not possible as the subscription is now. */
export class PlanChangeRefusedError extends AppError {
  readonly code = 'plan_change_refused';
  readonly kind = 'conflict';
  readonly title = 'The plan cannot be changed like this';
}

/** The quote is too old, was made for another plan, or the subscription has changed since. */
export class PlanQuoteOutdatedError extends AppError {
  readonly code = 'plan_quote_outdated';
  readonly kind = 'conflict';
  readonly title = 'This quote is out of date';

  constructor() {
    super('Prices and dates may have changed. Show the student a new preview, and confirm with its quote.', {
      extensions: { operation_id: 'previewPlanChange' },
    });
  }
}

/** No quote of this user has this id. */
export class PlanQuoteNotFoundError extends AppError {
  readonly code = 'plan_quote_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown quote';

  constructor() {
    super('There is no quote with this id. Ask for a preview first.', {
      extensions: { operation_id: 'previewPlanChange' },
    });
  }
}
