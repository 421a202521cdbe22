import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import type { QuizInCourse } from 'src/modules/chapters/course/domain/course';
import type { AnswerValue, ListedAnswer } from 'src/modules/chapters/course/domain/quiz';
import { parseAnswerSheet } from './domain/answer-sheet';
import { areAnswersShown, deriveAttemptState, type AttemptState } from './domain/attempts';
import { findResent } from './domain/find-resent';
import { gradeQuiz, type QuizResult } from './domain/grade';
import { presentQuiz, type PresentedQuestion } from './domain/present';
import { QuizAttemptsRepository, type RecordedAttempt } from './persistence/quiz-attempts.repository';
import { invalidAnswers, QuizAttemptConflictError, QuizCooldownError } from './quiz.errors';

export interface ReadQuiz extends QuizInCourse {
  readonly presented: readonly PresentedQuestion[];
  readonly state: AttemptState;
}

export interface GradedAttempt extends QuizInCourse, QuizResult {
  readonly number: number;
  readonly areAnswersShown: boolean;
  /** After this attempt. */
  readonly state: AttemptState;
}

export interface QuizHistory extends QuizInCourse {
  /** Newest first. */
  readonly attempts: readonly RecordedAttempt[];
}

/** Older attempts are stored but not listed. */
const ATTEMPTS_LISTED = 50;

/** Reads and grades quizzes. PremiumGuard has already checked access. Reading has no side effects. */
@Injectable()
export class QuizzesService {
  constructor(
    private readonly attempts: QuizAttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /** The quiz of the next attempt. Every read returns the same until that attempt is submitted. */
  async readQuiz(userId: string, place: QuizInCourse): Promise<ReadQuiz> {
    const state = await this.readState(userId, place);
    return { ...place, presented: presentQuiz(place.quiz, { userId, number: state.nextNumber }), state };
  }

  /**
   * Grades and stores one attempt. Questions without an answer count as wrong. Throws QuizCooldownError, InvalidRequestError
   * (also for labels of an earlier attempt) or QuizAttemptConflictError (also for a repeated submission). None of them uses up
   * an attempt. The attempt number and the cooldown come from one query, and the number is unique, so that concurrent
   * submissions store one attempt.
   */
  async submitQuiz(
    userId: string,
    place: QuizInCourse,
    given: Readonly<Record<string, AnswerValue | ListedAnswer>>,
  ): Promise<GradedAttempt> {
    const { chapter, quiz } = place;
    const now = this.clock.now();
    const past = await this.attempts.listAttempts({ userId, chapterId: chapter.id });
    const { nextNumber: number, cooldownUntil, hasPassed } = deriveAttemptState(past, now);
    const { answers, problems } = parseAnswerSheet(presentQuiz(quiz, { userId, number }), given);
    if (cooldownUntil !== undefined || problems.length > 0 || past.at(-1)?.isPassed === true)
      await this.assertNotResent(userId, place, given);
    if (cooldownUntil !== undefined) throw new QuizCooldownError({ until: cooldownUntil, now });
    if (problems.length > 0) throw invalidAnswers(problems);
    const result = gradeQuiz(quiz, answers);
    const { scorePercent, isPassed } = result;
    const attempt = { number, scorePercent, isPassed, submittedAt: now };
    const isSaved = await this.attempts.saveAttempt({
      ...attempt,
      userId,
      chapterId: chapter.id,
      answers,
      results: result.results,
      quizVersion: quiz.version,
      chapterVersion: chapter.version,
    });
    if (!isSaved) throw new QuizAttemptConflictError(number);
    return {
      ...place,
      ...result,
      number,
      areAnswersShown: areAnswersShown({ number, hasPassed: hasPassed || isPassed }),
      state: deriveAttemptState([...past, attempt], now),
    };
  }

  async listAttempts(userId: string, place: QuizInCourse): Promise<QuizHistory> {
    const quiz = { userId, chapterId: place.chapter.id };
    return { ...place, attempts: await this.attempts.listNewestWithResults(quiz, ATTEMPTS_LISTED) };
  }

  private async assertNotResent(
    userId: string,
    { chapter, quiz }: QuizInCourse,
    given: Readonly<Record<string, AnswerValue | ListedAnswer>>,
  ): Promise<void> {
    const recorded = await this.attempts.listNewestAnswers(
      { userId, chapterId: chapter.id },
      ATTEMPTS_LISTED,
    );
    const number = findResent({ userId, quiz, given }, recorded);
    if (number !== undefined) throw new QuizAttemptConflictError(number);
  }

  private async readState(userId: string, { chapter }: QuizInCourse): Promise<AttemptState> {
    const past = await this.attempts.listAttempts({ userId, chapterId: chapter.id });
    return deriveAttemptState(past, this.clock.now());
  }
}
