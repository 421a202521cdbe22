import { Logger } from '@nestjs/common';
import { StripeUnavailableError } from '../payments.errors';
import { AccountCheck } from './account-check';

describe('the check of the account at start', () => {
  let said: unknown[];

  beforeEach(() => {
    said = [];
    jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((...parts: unknown[]) => said.push(parts.at(-1)));
  });
  afterEach(() => jest.restoreAllMocks());

  const check = (isKnown: () => Promise<boolean>, customer: string | undefined = 'cus_1') =>
    new AccountCheck(
      { findLatestCustomer: () => Promise.resolve(customer) } as never,
      { isKnown } as never,
    ).run();

  it('says in one line that the key belongs to another account', async () => {
    await check(() => Promise.resolve(false));

    expect(said).toEqual([expect.stringMatching(/^STRIPE_SECRET_KEY belongs to another Stripe account/)]);
  });

  it.each([
    ['the account is right', () => Promise.resolve(true)],
    ['Stripe is unavailable', () => Promise.reject(new StripeUnavailableError())],
  ])('says nothing when %s', async (_, isKnown) => {
    await check(isKnown);

    expect(said).toEqual([]);
  });

  it('says nothing while there is no customer', async () => {
    await new AccountCheck(
      { findLatestCustomer: () => Promise.resolve(undefined) } as never,
      { isKnown: () => Promise.resolve(false) } as never,
    ).run();

    expect(said).toEqual([]);
  });
});
