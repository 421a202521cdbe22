import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every submitted quiz, with its answers and its score. */
export class CreateQuizAttempts1764000000005 implements MigrationInterface {
  name = 'CreateQuizAttempts1764000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE quiz_attempts (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        chapter_id text NOT NULL,
        number integer NOT NULL,
        score_percent integer NOT NULL,
        passed boolean NOT NULL,
        answers jsonb NOT NULL,
        results jsonb NOT NULL,
        quiz_version text NOT NULL,
        submitted_at timestamptz NOT NULL,
        CONSTRAINT quiz_attempts_pkey PRIMARY KEY (id),
        CONSTRAINT quiz_attempts_user_id_chapter_id_number_key UNIQUE (user_id, chapter_id, number),
        CONSTRAINT quiz_attempts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT quiz_attempts_number_check CHECK (number >= 1),
        CONSTRAINT quiz_attempts_score_percent_check CHECK (score_percent >= 0 AND score_percent <= 100)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE quiz_attempts');
  }
}
