import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import { QuizResults } from 'src/modules/chapters/quizzes/quiz-results';

/** Quiz results in memory. quiz-history.repository.int-spec.ts runs the same cases on the real ones. */
export class FakeQuizResults extends QuizResults {
  private readonly attempts: (QuizAttemptFact & { readonly userId: string })[] = [];

  add(userId: string, attempt: QuizAttemptFact): void {
    this.attempts.push({ userId, ...attempt });
  }

  listAttempts(userId: string): Promise<QuizAttemptFact[]> {
    const own = this.attempts
      .filter((attempt) => attempt.userId === userId)
      .map(({ userId: _, ...attempt }) => attempt);
    return Promise.resolve(own.sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime()));
  }
}
