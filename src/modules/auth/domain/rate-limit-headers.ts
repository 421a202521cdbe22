/** Where a user stands with one limit. */
export interface QuotaUse {
  readonly bucket: string;
  /** Requests per window. */
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Until the quota is whole again. */
  readonly resetSeconds: number;
  readonly isExceeded: boolean;
}

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers-11 as HTTP structured fields: what the quotas are, and what is left
 * of them. Bucket names are ours and need no escaping.
 */
export const rateLimitHeaders = (uses: readonly QuotaUse[]) => ({
  'ratelimit-policy': uses
    .map(({ bucket, quota, windowSeconds }) => `"${bucket}";q=${quota};w=${windowSeconds}`)
    .join(', '),
  ratelimit: uses
    .map(({ bucket, remaining, resetSeconds }) => `"${bucket}";r=${remaining};t=${resetSeconds}`)
    .join(', '),
});
