import { SetMetadata } from '@nestjs/common';

export const RATE_BUCKET = 'http:rate-bucket';

/** Buckets that a request of a signed-in user may count against, besides `api`, which counts every request. */
export type RateBucket = 'payment_writes';

/** Counts the route, or all routes of a controller, against a stricter limit of the user as well. */
export const LimitedBy = (bucket: RateBucket) => SetMetadata(RATE_BUCKET, bucket);
