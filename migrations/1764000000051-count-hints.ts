import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often workers were told about a row or a sync request since somebody last claimed it. */
export class CountHints1764000000051 implements MigrationInterface {
  name = 'CountHints1764000000051';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE webhook_events ADD COLUMN hints integer NOT NULL DEFAULT 0');
    await queryRunner.query('ALTER TABLE subjects ADD COLUMN sync_hints integer NOT NULL DEFAULT 0');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE subjects DROP COLUMN sync_hints');
    await queryRunner.query('ALTER TABLE webhook_events DROP COLUMN hints');
  }
}
