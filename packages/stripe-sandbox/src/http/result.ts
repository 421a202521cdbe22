import type { FastifyReply } from 'fastify';
import { ApiError } from '../core/errors';
import { API_VERSION } from '../core/version';

/** An answer of the API, ready to be sent or kept under an idempotency key. */
export interface Result {
  status: number;
  body: string;
  /** The request whose stored answer this is. */
  original?: string;
  /** Sent as `Stripe-Should-Retry` when it is known; otherwise the caller decides by the status. */
  shouldRetry?: boolean;
}

/** Converts an error to an API response; anything but an {@link ApiError} is a bug of the sandbox and a 500. */
export function failure(error: unknown, requestId: string): Result {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, {
          type: 'api_error',
          message: `The sandbox failed: ${String((error as Error).stack)}`,
        });
  const { code } = known.body;
  const body = {
    error: {
      ...known.body,
      ...(code ? { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` } : {}),
      request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
    },
  };
  return { status: known.status, body: JSON.stringify(body, null, 2), ...adviceFor(known.status) };
}

/** The same request under way may be over soon; what was refused is refused again. 429 and 5xx are left to the caller. */
function adviceFor(status: number): Pick<Result, 'shouldRetry'> {
  if (status === 409) return { shouldRetry: true };
  return status === 429 || status >= 500 ? {} : { shouldRetry: false };
}

export function injected(status: number): ApiError {
  if (status === 429) {
    return new ApiError(429, {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded.',
    });
  }
  return new ApiError(status, { type: 'api_error', message: 'An injected fault of the sandbox.' });
}

export function send(reply: FastifyReply, requestId: string, result: Result): void {
  const { status, body, original, shouldRetry } = result;
  if (original !== undefined) {
    void reply.header('Idempotent-Replayed', 'true').header('Original-Request', original);
  }
  if (shouldRetry !== undefined) void reply.header('Stripe-Should-Retry', String(shouldRetry));
  void reply
    .code(status)
    .header('Content-Type', 'application/json')
    .header('Request-Id', requestId)
    .header('Stripe-Version', API_VERSION)
    .send(body);
}
