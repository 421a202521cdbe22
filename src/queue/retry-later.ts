export const RETRY_STRATEGY = 'as-recorded';

/** What a thrown value that is no RetryLaterError waits: the database could not be asked. */
const UNKNOWN_DELAY_MS = 5000;
/** Bull's sign for "do not retry". */
const NEVER = -1;

/** Ends a job's attempt. The message is the reason that the queue dashboard shows; it is not an error of the program. */
export class RetryLaterError extends Error {
  /** `delayMs` undefined: the job has failed for good. */
  constructor(
    reason: string,
    readonly delayMs: number | undefined,
  ) {
    super(reason);
    this.name = 'RetryLaterError';
    this.stack = reason;
  }
}

/** Bull's backoff strategy: what PostgreSQL has recorded decides. */
export function retryDelayMs(_attemptsMade: number, error: Error): number {
  if (!(error instanceof RetryLaterError)) return UNKNOWN_DELAY_MS;
  return error.delayMs === undefined ? NEVER : Math.max(1, Math.ceil(error.delayMs));
}
