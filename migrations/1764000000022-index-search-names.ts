import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search for any of several words finds half the course. Its best matches have a word in title or heading; with an index
 * of their own they are found without reading all the others.
 */
export class IndexSearchNames1764000000022 implements MigrationInterface {
  name = 'IndexSearchNames1764000000022';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX course_search_names_idx ON course_search USING gin (names) WITH (fastupdate = off)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX course_search_names_idx');
  }
}
