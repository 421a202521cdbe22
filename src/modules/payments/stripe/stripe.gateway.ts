import { Injectable } from '@nestjs/common';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type Stripe from 'stripe';
import { StripeConfig } from 'src/config/app-config';
import { createStripeClient } from './stripe-client';
import { isResourceMissing, isStripeOutage, translateStripeError } from './stripe-errors';

// One sync makes up to five calls at once: a single bad moment must not open the circuit for everybody.
const BREAK_AFTER_FAILURES = 12;
const HALF_OPEN_AFTER_MS = 5000;

/** `broken`: not sent, because the circuit breaker is open. */
export interface StripeCall {
  readonly outcome: 'answered' | 'rejected' | 'outage' | 'broken';
  readonly durationMs: number;
}

/**
 * Calls Stripe's API. Every call has a deadline below 10 s, passes a circuit breaker, and fails with
 * StripeUnavailableError (retry later, outcome unknown) or StripeRejectedError (definite). Writes need an idempotency
 * key: the id of a persisted operation.
 */
@Injectable()
export class StripeGateway {
  private readonly client: Stripe;
  private readonly breaker: CircuitBreakerPolicy;
  /** Hears of every call, for metrics. */
  onCall: ((call: StripeCall) => void) | undefined;

  constructor(config: StripeConfig) {
    this.client = createStripeClient(config);
    this.breaker = circuitBreaker(handleWhen(isStripeOutage), {
      halfOpenAfter: HALF_OPEN_AFTER_MS,
      breaker: new ConsecutiveBreaker(BREAK_AFTER_FAILURES),
    });
  }

  /** Runs one use of the client behind the breaker and translates what it throws. */
  async call<T>(use: (stripe: Stripe) => Promise<T>): Promise<T> {
    const started = performance.now();
    const note = (outcome: StripeCall['outcome']) =>
      this.onCall?.({ outcome, durationMs: performance.now() - started });
    try {
      const result = await this.breaker.execute(() => use(this.client));
      note('answered');
      return result;
    } catch (error) {
      note(outcomeOf(error));
      throw translateStripeError(error);
    }
  }

  /** Like `call`, for a read of something that the account may not have: undefined then. */
  async find<T>(read: (stripe: Stripe) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.call(read);
    } catch (error) {
      if (isResourceMissing(error)) return undefined;
      throw error;
    }
  }
}

function outcomeOf(error: unknown): StripeCall['outcome'] {
  if (error instanceof BrokenCircuitError) return 'broken';
  return isStripeOutage(error) ? 'outage' : 'rejected';
}
