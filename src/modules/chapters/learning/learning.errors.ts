import { AppError } from 'src/common/errors/app-error';

/** The time zone was changed too often. */
export class TooManyTimeZoneChangesError extends AppError {
  readonly code = 'too_many_time_zone_changes';
  readonly kind = 'rate_limited';
  readonly title = 'The time zone was changed too often';

  constructor({ until, now }: { until: Date; now: Date }) {
    super(
      'The time zone was changed too often in the last 24 hours. Keep the current one and try again later.',
      {
        retryAfterSeconds: Math.ceil((until.getTime() - now.getTime()) / 1000),
      },
    );
  }
}
