import { Logger } from '@nestjs/common';
import Stripe from 'stripe';
import { StripeUnavailableError } from '../payments.errors';
import { PlansService } from './plans.service';

const refused = new Stripe.errors.StripeAuthenticationError({
  message: 'Invalid API Key',
  type: 'api_error',
});

/** A process whose prices cannot be read. */
async function start(error: Error): Promise<void> {
  const catalogue = { priceIds: new Map(), readAll: () => Promise.reject(error) };
  new PlansService(catalogue as never, {} as never, {} as never, {} as never).onApplicationBootstrap();
  await new Promise(setImmediate);
}

describe('what the start says about Stripe', () => {
  afterEach(() => jest.restoreAllMocks());

  it('names the variable when Stripe refuses the key', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await start(new StripeUnavailableError({ cause: refused }));

    expect(error.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringMatching(/^STRIPE_SECRET_KEY is refused by Stripe/),
    ]);
  });

  it('blames nobody while Stripe is unavailable', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    await start(new StripeUnavailableError());

    expect([error.mock.calls.length, warn.mock.calls.length]).toEqual([0, 1]);
  });
});
