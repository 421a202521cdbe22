import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';

/** What progress, streak and certificate need to know about quizzes. */
export abstract class QuizResults {
  /** Every submitted attempt of this student at any quiz, oldest first. */
  abstract listAttempts(userId: string): Promise<QuizAttemptFact[]>;
}
