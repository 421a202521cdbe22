import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { QuizAttemptFact } from 'src/modules/chapters/quizzes/domain/quiz-attempt-fact';
import { QuizResults } from 'src/modules/chapters/quizzes/quiz-results';

interface AttemptRow {
  readonly chapter_id: string;
  readonly score_percent: number;
  readonly passed: boolean;
  readonly submitted_at: Date;
}

/** All quizzes of a student in one query, which reads one range of the unique index. */
@Injectable()
export class QuizHistoryRepository extends QuizResults {
  constructor(private readonly database: Database) {
    super();
  }

  async listAttempts(userId: string): Promise<QuizAttemptFact[]> {
    const rows = await this.database.query<AttemptRow>(
      `SELECT chapter_id, score_percent, passed, submitted_at FROM quiz_attempts
       WHERE user_id = $1 ORDER BY submitted_at, chapter_id, number`,
      [userId],
    );
    return rows.map((row) => ({
      chapterId: row.chapter_id,
      scorePercent: row.score_percent,
      isPassed: row.passed,
      submittedAt: row.submitted_at,
    }));
  }
}
