import { AppError, ServiceUnavailableError, type AppErrorOptions } from 'src/common/errors/app-error';
import { CustomerBusyError } from 'src/engine/engine.errors';

/** Stripe cannot answer now, or its answer was lost: the outcome of a write is unknown until it is repeated. */
export class StripeUnavailableError extends ServiceUnavailableError {
  override readonly code = 'stripe_unavailable';
  /** Stripe did answer, with a 5xx: it repeats that answer for the same idempotency key, so the key is used up. */
  readonly answered: boolean;

  constructor({ answered = false, ...options }: AppErrorOptions & { readonly answered?: boolean } = {}) {
    super('Our payment provider cannot answer right now. Nothing was lost; please try again in a moment.', {
      retryAfterSeconds: 5,
      ...options,
    });
    this.answered = answered;
  }
}

/** Stripe refused the request for good: repeating it cannot help. */
export class StripeRejectedError extends AppError {
  readonly code = 'stripe_rejected';
  readonly kind = 'conflict';
  readonly title = 'The payment provider refused this';

  constructor(
    readonly stripeCode: string,
    cause: unknown,
    /** The parameter that Stripe refused, as Stripe names it. */
    readonly parameter?: string,
  ) {
    super('Our payment provider refused this request.', { cause, extensions: { stripe_code: stripeCode } });
  }
}

/** The student already has a subscription that bills or will bill: a second one would charge twice. */
export class AlreadySubscribedError extends AppError {
  readonly code = 'already_subscribed';
  readonly kind = 'conflict';
  readonly title = 'Already subscribed';
}

/** There is no subscription that this operation could act on. */
export class NoSubscriptionError extends AppError {
  readonly code = 'no_subscription';
  readonly kind = 'not_found';
  readonly title = 'No subscription';
}

/** Payments need a confirmed email address in this installation, and this one is not. */
export class EmailNotVerifiedError extends AppError {
  readonly code = 'email_not_verified';
  readonly kind = 'forbidden';
  readonly title = 'The email address is not confirmed';

  constructor(verifyUrl: string) {
    super(
      `Before you can pay, confirm your email address: open the link in the mail that we sent you, or have another sent at ${verifyUrl}. Then ask for the payment link again.`,
      {
        extensions: {
          next_action: 'verify_email',
          operation_id: 'resendVerificationEmail',
          verify_url: verifyUrl,
        },
      },
    );
  }
}

/** A subscription that has ended cannot be resumed; a new one can be bought. */
export class SubscriptionEndedError extends AppError {
  readonly code = 'subscription_ended';
  readonly kind = 'conflict';
  readonly title = 'The subscription has ended';
}

/** Only a payment brings the subscription back: the answer leads to the page where it is made. */
export class PaymentNeededError extends AppError {
  readonly code = 'payment_needed';
  readonly kind = 'conflict';
  readonly title = 'A payment is needed first';

  constructor() {
    super(
      'This subscription waits for a payment. Open the billing portal or the payment page of your account, then try again.',
      { extensions: { next_action: 'update_payment_method', operation_id: 'openBillingPortal' } },
    );
  }
}

/** A schedule that we did not make manages the subscription, and Stripe refuses the change. */
export class ManagedByScheduleError extends AppError {
  readonly code = 'managed_by_schedule';
  readonly kind = 'conflict';
  readonly title = 'Support manages this subscription';

  constructor(options: AppErrorOptions = {}) {
    super(
      'This subscription follows a schedule that only support can change. We have been told about your request.',
      {
        ...options,
        extensions: { next_action: 'contact_support' },
      },
    );
  }
}

/** The plan is not for sale in this installation. */
export class PlanNotOfferedError extends AppError {
  readonly code = 'plan_not_offered';
  readonly kind = 'invalid';
  readonly title = 'This plan is not offered';
}

/** What is for sale is not known at the moment, or nothing can be bought: never an empty list. */
export class PlansUnavailableError extends ServiceUnavailableError {
  override readonly code = 'plans_unavailable';

  constructor(options: Pick<AppErrorOptions, 'cause'> = {}) {
    super('The plans cannot be shown at the moment. Please try again in half a minute.', {
      retryAfterSeconds: 30,
      ...options,
    });
  }
}

/** The plan is offered here, but its price cannot be bought at this moment. */
export class PlanUnavailableError extends AppError {
  readonly code = 'plan_unavailable';
  readonly kind = 'conflict';
  readonly title = 'This plan cannot be bought now';

  constructor(options: Pick<AppErrorOptions, 'cause'> = {}) {
    super('This plan cannot be bought at the moment. List the plans and choose another one.', {
      ...options,
      extensions: { operation_id: 'listPlans' },
    });
  }
}

/** A promotion code that may not be used. Carries why as `reason`; the purchase can go on without it. */
export class PromotionCodeError extends AppError {
  readonly code = 'promotion_code_invalid';
  readonly kind = 'invalid';
  readonly title = 'The promotion code is not valid';
}

/** success_url or cancel_url points to an origin that is not allowed. */
export class ReturnUrlError extends AppError {
  readonly code = 'return_url_not_allowed';
  readonly kind = 'invalid';
  readonly title = 'This return address is not allowed';
}

/** The invoice is unknown or another user's, or less is left of it than should be returned. */
export class RefundNotPossibleError extends AppError {
  readonly code = 'refund_not_possible';
  readonly kind = 'conflict';
  readonly title = 'The refund is not possible';

  constructor() {
    super(
      'This user has no paid invoice of this id with that much left. Look at it again: a refund may have been made meanwhile.',
    );
  }
}

/** The customer at Stripe and the account cannot be tied, or untied. */
export class CustomerBindingError extends AppError {
  readonly code = 'customer_binding_refused';
  readonly kind = 'conflict';
  readonly title = 'The customer cannot be bound or unbound';
}

/** A checkout link that we never gave out. */
export class CheckoutNotFoundError extends AppError {
  readonly code = 'checkout_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown checkout';
}

/** What anything that writes to Stripe may answer with, for the OpenAPI document. */
export const STRIPE_PROBLEMS: readonly AppError[] = [
  new StripeUnavailableError(),
  new CustomerBusyError(),
  new StripeRejectedError('resource_missing', undefined),
];
