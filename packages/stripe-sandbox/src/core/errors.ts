export type ErrorType =
  'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error' | 'rate_limit_error';

/** The body of an error below `error`; `code`, `param` and the rest appear only when they have a value. */
export interface ErrorBody {
  type: ErrorType;
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  charge?: string;
  payment_intent?: unknown;
  setup_intent?: unknown;
  payment_method?: unknown;
}

/** An error that the API answers with Stripe's body. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

/** 400 for a parameter that is wrong. */
export function invalid(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code ? { code } : {}),
    ...(param ? { param } : {}),
  });
}

export function missingParam(param: string): ApiError {
  return invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
}

/** 404 for the object of the URL, 400 for one named by a parameter. */
export function noSuch(kind: string, id: string, param = 'id'): ApiError {
  return new ApiError(param === 'id' || param === 'intent' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** 404 for an object that is named elsewhere than in the URL, or whose place in the URL has another name. */
export function notFound(kind: string, id: string, param: string): ApiError {
  return new ApiError(404, noSuch(kind, id, param).body);
}

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** 400 `email_invalid` for what is no email address. */
export function checkEmail(email: string, param: string): void {
  if (!EMAIL.test(email)) throw invalid(`Invalid email address: ${email}`, param, 'email_invalid');
}

/** 402 with the reason of the bank. */
export function cardError(body: Omit<ErrorBody, 'type'>): ApiError {
  return new ApiError(402, { type: 'card_error', ...body });
}
