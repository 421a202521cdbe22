import { rateLimitHeaders, type QuotaUse } from './rate-limit-headers';

const use = (changes: Partial<QuotaUse>): QuotaUse => ({
  bucket: 'api',
  quota: 120,
  windowSeconds: 60,
  remaining: 119,
  resetSeconds: 42,
  isExceeded: false,
  ...changes,
});

describe('rateLimitHeaders', () => {
  it('says the quota and what is left of it', () => {
    expect(rateLimitHeaders([use({})])).toEqual({
      'ratelimit-policy': '"api";q=120;w=60',
      ratelimit: '"api";r=119;t=42',
    });
  });

  it('lists every limit that counts the request', () => {
    const writes = use({ bucket: 'payment_writes', quota: 10, remaining: 0, resetSeconds: 3 });

    expect(rateLimitHeaders([use({}), writes])).toEqual({
      'ratelimit-policy': '"api";q=120;w=60, "payment_writes";q=10;w=60',
      ratelimit: '"api";r=119;t=42, "payment_writes";r=0;t=3',
    });
  });
});
