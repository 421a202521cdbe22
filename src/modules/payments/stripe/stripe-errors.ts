import { BrokenCircuitError } from 'cockatiel';
import Stripe from 'stripe';
import { StripeRejectedError, StripeUnavailableError } from 'src/modules/payments/payments.errors';

/** True for answers that say nothing about the request itself: lost, late, limited, refused for everybody. */
export function isStripeOutage(error: unknown): boolean {
  if (error instanceof BrokenCircuitError) return true;
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  // A wrong or revoked key is our trouble, not the student's: an outage until the operator has fixed it.
  if (error instanceof Stripe.errors.StripeAuthenticationError) return true;
  if (error instanceof Stripe.errors.StripePermissionError) return true;
  if (error instanceof Stripe.errors.StripeConnectionError) return true;
  if (error instanceof Stripe.errors.StripeRateLimitError) return true;
  return error.statusCode === undefined || error.statusCode >= 500 || error.statusCode === 409;
}

const isServerError = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500;

/** Total: an outage, a definite refusal, or (not Stripe's at all) the error itself, which is a bug. */
export function translateStripeError(error: unknown): unknown {
  if (isStripeOutage(error))
    return new StripeUnavailableError({ cause: error, answered: isServerError(error) });
  if (error instanceof Stripe.errors.StripeError)
    return new StripeRejectedError(error.code ?? error.rawType ?? 'unknown', error, error.param);
  return error;
}

export const isResourceMissing = (error: unknown): boolean =>
  error instanceof StripeRejectedError && error.stripeCode === 'resource_missing';

/** True when Stripe does not accept the key at all, or not for this call. */
export const isKeyRefused = (error: unknown): boolean =>
  error instanceof StripeUnavailableError &&
  (error.cause instanceof Stripe.errors.StripeAuthenticationError ||
    error.cause instanceof Stripe.errors.StripePermissionError);
