/** The responsible side, which determines HTTP status and log level (see common/http/problem-details.ts). */
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
  /** Present only where callers need to distinguish reasons; docs/errors.md lists them. */
  readonly code?: string;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Members that are added to the problem document. They must be safe to show to the caller. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
}

/**
 * An error that the caller sees. `code` is stable and documented in docs/errors.md; `detail` is safe to show.
 * Every other exception is a bug and becomes a 500 without details.
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

/** The request does not match the schema of the operation. */
export class InvalidRequestError extends AppError {
  readonly code = 'invalid_request';
  readonly kind = 'invalid';
  readonly title = 'The request is not valid';
}

/** The request has no valid access token. */
export class UnauthenticatedError extends AppError {
  readonly code = 'unauthenticated';
  readonly kind = 'unauthenticated';
  readonly title = 'Sign in to continue';
}

/** The caller is authenticated but lacks the role that the operation requires. */
export class ForbiddenError extends AppError {
  readonly code = 'forbidden';
  readonly kind = 'forbidden';
  readonly title = 'Not allowed';
}

/** A dependency is unavailable. Retrying later is safe and expected. */
export class ServiceUnavailableError extends AppError {
  readonly code: string = 'service_unavailable';
  readonly kind = 'unavailable';
  readonly title = 'Temporarily unavailable';

  constructor(detail: string, options: AppErrorOptions = {}) {
    super(detail, { retryAfterSeconds: 2, ...options });
  }
}
