import { AppError } from 'src/common/errors/app-error';

/** The same whether or not the account exists: it depends on the number of attempts only. */
export class TooManyAttemptsError extends AppError {
  readonly code = 'too_many_attempts';
  readonly kind = 'rate_limited';
  readonly title = 'Too many attempts';

  constructor(retryAfterSeconds: number) {
    super('There were too many attempts. Wait before you try again.', { retryAfterSeconds });
  }
}

/** One user sends more requests than the quota allows. */
export class RateLimitedError extends AppError {
  readonly code = 'rate_limited';
  readonly kind = 'rate_limited';
  readonly title = 'Too many requests';

  constructor(retryAfterSeconds: number) {
    super('This account has sent too many requests. Wait before you send more.', { retryAfterSeconds });
  }
}
