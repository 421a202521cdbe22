/** Who is at fault, and so which HTTP status and log level an error gets (see common/http/problem-details.ts). */
export const ERROR_KINDS = [
  'invalid',
  'unauthenticated',
  'payment_required',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
  'unavailable',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** One rejected member of a request; `pointer` is an RFC 6901 JSON pointer into the body, query or path parameters. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
  /** Only where callers are expected to tell one reason from another; docs/errors.md lists them. */
  readonly code?: string;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Members added to the problem document; must be safe for the caller to see. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
}

/**
 * An error that the caller is told about. `code` is stable and documented in docs/errors.md; `detail` is safe to show.
 * Anything thrown that is not an AppError is a bug and leaves as a bare 500.
 */
export abstract class AppError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  /** Fixed per code, never interpolated. */
  abstract readonly title: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly detail: string,
    options: AppErrorOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = new.target.name;
    this.extensions = options.extensions ?? {};
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The request does not have the shape that the operation documents. */
export class InvalidRequestError extends AppError {
  readonly code = 'invalid_request';
  readonly kind = 'invalid';
  readonly title = 'The request is not valid';
}

/** No valid access token came with the request. */
export class UnauthenticatedError extends AppError {
  readonly code = 'unauthenticated';
  readonly kind = 'unauthenticated';
  readonly title = 'Sign in to continue';
}

/** The caller is known but lacks the role that the operation needs. */
export class ForbiddenError extends AppError {
  readonly code = 'forbidden';
  readonly kind = 'forbidden';
  readonly title = 'Not allowed';
}

/** Something this answer depends on cannot answer now. Retrying later is safe and expected. */
export class ServiceUnavailableError extends AppError {
  readonly code: string = 'service_unavailable';
  readonly kind = 'unavailable';
  readonly title = 'Temporarily unavailable';

  constructor(detail: string, options: AppErrorOptions = {}) {
    super(detail, { retryAfterSeconds: 2, ...options });
  }
}
