import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sections a student has completed. */
export class CreateProgress1764000000004 implements MigrationInterface {
  name = 'CreateProgress1764000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE section_progress (
        user_id uuid NOT NULL,
        section_id text NOT NULL,
        chapter_id text NOT NULL,
        completed_at timestamptz NOT NULL,
        CONSTRAINT section_progress_pkey PRIMARY KEY (user_id, section_id),
        CONSTRAINT section_progress_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE section_progress');
  }
}
