import { AppError } from 'src/common/errors/app-error';
import { MOST_REQUESTS, REQUEST_WINDOW_DAYS } from './domain/refund-request';

/** The student has no invoice of this id that is paid and not fully refunded. */
export class NothingToRefundError extends AppError {
  readonly code = 'nothing_to_refund';
  readonly kind = 'not_found';
  readonly title = 'There is nothing to refund';

  constructor() {
    super(
      'You have no such invoice that is paid and not fully refunded. Check your invoices in your account.',
    );
  }
}

/** The invoice has a request that nobody has decided yet. */
export class RefundRequestOpenError extends AppError {
  readonly code = 'refund_request_open';
  readonly kind = 'conflict';
  readonly title = 'A refund was requested already';

  constructor() {
    super('A refund of this invoice was requested already. The answer comes by email.');
  }
}

/** Too many requests in the window. */
export class TooManyRefundRequestsError extends AppError {
  readonly code = 'too_many_refund_requests';
  readonly kind = 'rate_limited';
  readonly title = 'Too many refund requests';

  constructor() {
    super(
      `You can request ${MOST_REQUESTS} refunds in ${REQUEST_WINDOW_DAYS} days. Contact support about another one.`,
      { retryAfterSeconds: 86_400 },
    );
  }
}

/** No request has this id. */
export class RefundRequestNotFoundError extends AppError {
  readonly code = 'refund_request_not_found';
  readonly kind = 'not_found';
  readonly title = 'There is no such refund request';

  constructor() {
    super('No refund request has this id.');
  }
}

/** Another operator was faster, or decided otherwise. */
export class RefundRequestDecidedError extends AppError {
  readonly code = 'refund_request_decided';
  readonly kind = 'conflict';
  readonly title = 'The refund request is decided';

  constructor() {
    super('This refund request was decided already. Read it again to see the decision.');
  }
}
