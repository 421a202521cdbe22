import { HttpException } from '@nestjs/common';
import { AppError, ServiceUnavailableError, type ErrorKind } from 'src/common/errors/app-error';
import { isOutage } from 'src/common/errors/outage';

/** RFC 9457 problem document with our extension members. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly request_id: string;
  readonly [extension: string]: unknown;
}

export interface Problem {
  readonly body: ProblemDetails;
  readonly retryAfterSeconds: number | undefined;
}

// Complete by type: a new kind does not compile until it has a status.
const STATUS_OF_KIND = {
  invalid: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
} satisfies Record<ErrorKind, number>;

// Errors that Nest, Fastify and the body parser throw.
const FRAMEWORK_CODES: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['invalid_request', 'The request is not valid'],
  404: ['not_found', 'Nothing exists at this address'],
  405: ['method_not_allowed', 'This method is not allowed here'],
  408: ['request_timeout', 'The request took too long to arrive'],
  413: ['body_too_large', 'The request body is too large'],
  414: ['uri_too_long', 'A part of the address is too long'],
  415: ['unsupported_media_type', 'Send the body as application/json'],
  431: ['headers_too_large', 'The request line and headers are too large'],
};

export const databaseUnavailable = () =>
  new ServiceUnavailableError('The database is unavailable. Try again in a moment.');

export interface RequestFacts {
  readonly path: string;
  readonly requestId: string;
}

/** Turns every thrown value into a document. The message of a bug never reaches the caller. */
export function toProblem(thrown: unknown, request: RequestFacts): Problem {
  const error = isOutage(thrown) ? databaseUnavailable() : thrown;
  if (error instanceof AppError) return fromAppError(error, request);
  const status = frameworkStatus(error);
  const [code, title] = FRAMEWORK_CODES[status] ?? ['internal_error', 'Something went wrong on our side'];
  const known = status in FRAMEWORK_CODES;
  return {
    body: {
      ...base(code, request),
      title,
      status: known ? status : 500,
      detail: known
        ? title
        : 'The error is in the log under this request id. Report the id if it happens again.',
    },
    retryAfterSeconds: undefined,
  };
}

function fromAppError(error: AppError, request: RequestFacts): Problem {
  return {
    body: {
      ...error.extensions,
      ...(error.errors.length > 0 ? { errors: error.errors } : {}),
      ...base(error.code, request),
      title: error.title,
      status: STATUS_OF_KIND[error.kind],
      detail: error.detail,
    },
    retryAfterSeconds: error.retryAfterSeconds,
  };
}

function base(code: string, request: RequestFacts) {
  return {
    type: `urn:course-companion:error:${code}`,
    code,
    instance: request.path,
    request_id: request.requestId,
  };
}

function frameworkStatus(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's own errors (body limit, media type, bad JSON) carry a numeric statusCode.
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}

/** RFC 6750, section 3: tells OAuth clients to sign in again or to request more scopes. Undefined for other problems. */
export function challengeOf({ status, code, required_scope: scope }: ProblemDetails): string | undefined {
  if (status === 401) return 'Bearer';
  if (code !== 'insufficient_scope') return undefined;
  return `Bearer error="insufficient_scope"${typeof scope === 'string' ? `, scope="${scope}"` : ''}`;
}
