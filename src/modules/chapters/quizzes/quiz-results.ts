import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';

/** The quiz data that progress, streak and certificate need. */
export abstract class QuizResults {
  /** Every submitted attempt of this student at any quiz, oldest first. */
  abstract listAttempts(userId: string): Promise<QuizAttemptFact[]>;
}
