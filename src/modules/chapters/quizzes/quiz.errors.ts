import { AppError, InvalidRequestError } from 'src/common/errors/app-error';
import type { AnswerProblem } from './domain/answer-sheet';

/** A failed attempt is too recent. `retry_after` is the number of seconds to wait. The submission does not use up an attempt. */
export class QuizCooldownError extends AppError {
  readonly code = 'quiz_cooldown';
  readonly kind = 'conflict';
  readonly title = 'The next attempt is not possible yet';

  constructor({ until, now }: { readonly until: Date; readonly now: Date }) {
    const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
    super(
      'The next attempt is possible after a short pause. Read the sections of the missed questions until then.',
      {
        retryAfterSeconds: seconds,
        extensions: { retry_after: seconds, cooldown_until: until.toISOString() },
      },
    );
  }
}

/** The attempt exists: this submission was sent twice, or another one was graded at the same time. */
export class QuizAttemptConflictError extends AppError {
  readonly code = 'quiz_attempt_conflict';
  readonly kind = 'conflict';
  readonly title = 'This attempt was already submitted';

  constructor(attemptNumber: number) {
    super(`Attempt ${attemptNumber} was already submitted. listQuizAttempts shows its result.`, {
      extensions: { attempt_number: attemptNumber, next_action: 'listQuizAttempts' },
    });
  }
}

const ERRORS_SHOWN = 20;

/** The submission cannot be graded. It does not use up an attempt. */
export function invalidAnswers(problems: readonly AnswerProblem[]): InvalidRequestError {
  return new InvalidRequestError(
    'Some answers cannot be graded. Correct them and submit again; no attempt was used.',
    {
      errors: problems.slice(0, ERRORS_SHOWN).map(({ questionId, detail }) => ({
        pointer: `/answers/${questionId.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        detail,
      })),
    },
  );
}
