import { AppError, InvalidRequestError } from 'src/common/errors/app-error';
import type { AnswerProblem } from './domain/answer-sheet';

/** A failed attempt is too fresh. `retry_after` gives the seconds to wait; what was sent has cost no attempt. */
export class QuizCooldownError extends AppError {
  readonly code = 'quiz_cooldown';
  readonly kind = 'conflict';
  readonly title = 'Too early for another attempt';

  constructor({ until, now }: { readonly until: Date; readonly now: Date }) {
    const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
    super(
      'After a failed attempt there is a pause, a good moment to read the sections of the missed questions.',
      {
        retryAfterSeconds: seconds,
        extensions: { retry_after: seconds, cooldown_until: until.toISOString() },
      },
    );
  }
}

/** The attempt is recorded: this submission was sent twice, or another one was graded at the same moment. */
export class QuizAttemptConflictError extends AppError {
  readonly code = 'quiz_attempt_conflict';
  readonly kind = 'conflict';
  readonly title = 'This attempt has been submitted already';

  constructor(attemptNumber: number) {
    super(`Attempt ${attemptNumber} is recorded already. listQuizAttempts shows its result.`, {
      extensions: { attempt_number: attemptNumber, next_action: 'listQuizAttempts' },
    });
  }
}

const ERRORS_SHOWN = 20;

/** The sheet cannot be graded as it was meant, and has cost no attempt. */
export function invalidAnswers(problems: readonly AnswerProblem[]): InvalidRequestError {
  return new InvalidRequestError('Some of the answers cannot be graded; this has cost no attempt.', {
    errors: problems.slice(0, ERRORS_SHOWN).map(({ questionId, detail }) => ({
      pointer: `/answers/${questionId.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail,
    })),
  });
}
