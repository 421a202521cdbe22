import { isHardDecline, nextRetry } from './dunning';

describe('the retry schedule', () => {
  it('counts days from the first failure and ends after the last one', () => {
    const day = 86_400;
    expect([1, 2, 3].map((attempts) => nextRetry(1_000, attempts, [1, 4]))).toEqual([
      1_000 + day,
      1_000 + 4 * day,
      undefined,
    ]);
  });

  it('distinguishes declines that need a new card from retryable ones', () => {
    expect(isHardDecline('lost_card')).toBe(true);
    expect(isHardDecline('insufficient_funds')).toBe(false);
    expect(isHardDecline(undefined)).toBe(false);
  });
});
