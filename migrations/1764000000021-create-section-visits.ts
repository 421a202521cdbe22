import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sections a student has opened, completed or not. */
export class CreateSectionVisits1764000000021 implements MigrationInterface {
  name = 'CreateSectionVisits1764000000021';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE section_visits (
        user_id uuid NOT NULL,
        section_id text NOT NULL,
        chapter_id text NOT NULL,
        first_opened_at timestamptz NOT NULL,
        last_opened_at timestamptz NOT NULL,
        CONSTRAINT section_visits_pkey PRIMARY KEY (user_id, section_id),
        CONSTRAINT section_visits_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT section_visits_order_check CHECK (first_opened_at <= last_opened_at)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE section_visits');
  }
}
