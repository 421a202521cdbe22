import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which text a student had learned from when they took the quiz. Unknown for attempts made before. */
export class RecordChapterVersion1764000000023 implements MigrationInterface {
  name = 'RecordChapterVersion1764000000023';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE quiz_attempts ADD COLUMN chapter_version text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE quiz_attempts DROP COLUMN chapter_version');
  }
}
