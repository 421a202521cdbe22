import { SetMetadata } from '@nestjs/common';

export const RATE_BUCKET = 'http:rate-bucket';

/** Buckets that a request of a signed-in user may fill besides `api`, which every one of them fills. */
export type RateBucket = 'payment_writes';

/** Counts the route, or all routes of a controller, against a stricter limit of the user's as well. */
export const LimitedBy = (bucket: RateBucket) => SetMetadata(RATE_BUCKET, bucket);
