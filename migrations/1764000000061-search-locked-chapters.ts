import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A premium chapter becomes a document of its own, without positions: the only result that a search shows a reader without access. */
export class SearchLockedChapters1764000000061 implements MigrationInterface {
  name = 'SearchLockedChapters1764000000061';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE course_search
        DROP CONSTRAINT course_search_kind_check,
        ADD CONSTRAINT course_search_kind_check CHECK (kind IN ('section', 'glossary', 'chapter'))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DELETE FROM course_search WHERE kind = 'chapter'`);
    await queryRunner.query(`
      ALTER TABLE course_search
        DROP CONSTRAINT course_search_kind_check,
        ADD CONSTRAINT course_search_kind_check CHECK (kind IN ('section', 'glossary'))`);
  }
}
