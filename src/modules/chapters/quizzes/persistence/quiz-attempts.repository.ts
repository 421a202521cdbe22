import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import type { PastAttempt } from 'src/modules/chapters/quizzes/domain/attempts';
import type { RecordedAnswers } from 'src/modules/chapters/quizzes/domain/find-resent';
import type { Answers, QuestionResult } from 'src/modules/chapters/quizzes/domain/grade';

/** A quiz of one student. */
export interface QuizOfStudent {
  readonly userId: string;
  readonly chapterId: string;
}

export interface NewAttempt extends QuizOfStudent, PastAttempt {
  readonly answers: Answers;
  readonly results: readonly QuestionResult[];
  readonly quizVersion: string;
  readonly chapterVersion: string;
}

export interface RecordedAttempt extends PastAttempt {
  /** Undefined for attempts from before it was stored. */
  readonly chapterVersion: string | undefined;
  readonly results: readonly QuestionResult[];
}

interface AttemptRow {
  readonly number: number;
  readonly score_percent: number;
  readonly passed: boolean;
  readonly submitted_at: Date;
}

interface AnswersRow {
  readonly number: number;
  readonly passed: boolean;
  readonly quiz_version: string;
  readonly answers: RecordedAnswers['answers'];
}

interface ResultRow {
  readonly question_id: string;
  readonly credit: number;
}

interface RecordedRow extends AttemptRow {
  readonly results: readonly ResultRow[];
  readonly chapter_version: string | null;
}

const LIST_ATTEMPTS = {
  name: 'quiz_attempts',
  text: `SELECT number, score_percent, passed, submitted_at FROM quiz_attempts
         WHERE user_id = $1 AND chapter_id = $2 ORDER BY number`,
};

@Injectable()
export class QuizAttemptsRepository {
  constructor(private readonly database: Database) {}

  /** False when an attempt with this number exists. Of several concurrent submissions exactly one is stored. */
  async saveAttempt(attempt: NewAttempt): Promise<boolean> {
    const saved = await this.database.query(
      `INSERT INTO quiz_attempts
         (user_id, chapter_id, number, score_percent, passed, answers, results, quiz_version, chapter_version,
          submitted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT ON CONSTRAINT quiz_attempts_user_id_chapter_id_number_key DO NOTHING
       RETURNING id`,
      [
        attempt.userId,
        attempt.chapterId,
        attempt.number,
        attempt.scorePercent,
        attempt.isPassed,
        JSON.stringify(Object.fromEntries(attempt.answers)),
        JSON.stringify(attempt.results.map(toResultRow)),
        attempt.quizVersion,
        attempt.chapterVersion,
        attempt.submittedAt,
      ],
    );
    return saved.length === 1;
  }

  /** All attempts at one quiz without their answers, oldest first. */
  async listAttempts({ userId, chapterId }: QuizOfStudent): Promise<PastAttempt[]> {
    const rows = await this.database.queryPrepared<AttemptRow>(LIST_ATTEMPTS, [userId, chapterId]);
    return rows.map(toPastAttempt);
  }

  /** The answers of the newest `limit` attempts at one quiz, newest first. */
  async listNewestAnswers({ userId, chapterId }: QuizOfStudent, limit: number): Promise<RecordedAnswers[]> {
    const rows = await this.database.query<AnswersRow>(
      `SELECT number, passed, quiz_version, answers FROM quiz_attempts
       WHERE user_id = $1 AND chapter_id = $2 ORDER BY number DESC LIMIT $3`,
      [userId, chapterId, limit],
    );
    return rows.map(({ number, passed, quiz_version: quizVersion, answers }) => ({
      number,
      isPassed: passed,
      quizVersion,
      answers,
    }));
  }

  /** The newest `limit` attempts at one quiz with their results, newest first. */
  async listNewestWithResults(quiz: QuizOfStudent, limit: number): Promise<RecordedAttempt[]> {
    const rows = await this.database.query<RecordedRow>(
      `SELECT number, score_percent, passed, submitted_at, results, chapter_version FROM quiz_attempts
       WHERE user_id = $1 AND chapter_id = $2 ORDER BY number DESC LIMIT $3`,
      [quiz.userId, quiz.chapterId, limit],
    );
    return rows.map((row) => ({
      ...toPastAttempt(row),
      results: row.results.map(toResult),
      chapterVersion: row.chapter_version ?? undefined,
    }));
  }
}

function toPastAttempt(row: AttemptRow): PastAttempt {
  return {
    number: row.number,
    scorePercent: row.score_percent,
    isPassed: row.passed,
    submittedAt: row.submitted_at,
  };
}

function toResultRow({ questionId, credit }: QuestionResult): ResultRow {
  return { question_id: questionId, credit };
}

function toResult({ question_id: questionId, credit }: ResultRow): QuestionResult {
  return { questionId, credit };
}
