import { AppError } from 'src/common/errors/app-error';

/** The same whether there is such an account: it tells how often somebody tried, and nothing else. */
export class TooManyAttemptsError extends AppError {
  readonly code = 'too_many_attempts';
  readonly kind = 'rate_limited';
  readonly title = 'Too many attempts';

  constructor(retryAfterSeconds: number) {
    super('There were too many attempts. Please wait a little before the next one.', { retryAfterSeconds });
  }
}

/** One user sends more requests than anybody needs. */
export class RateLimitedError extends AppError {
  readonly code = 'rate_limited';
  readonly kind = 'rate_limited';
  readonly title = 'Too many requests';

  constructor(retryAfterSeconds: number) {
    super('This account has sent too many requests. Please wait before the next one.', { retryAfterSeconds });
  }
}
