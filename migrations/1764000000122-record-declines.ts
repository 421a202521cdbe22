import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A payment page stays open after a declined card: the status says what the bank answered last. */
export class RecordDeclines1764000000122 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE checkout_sessions ADD COLUMN decline_code text, ADD COLUMN declined_at timestamptz`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE checkout_sessions DROP COLUMN decline_code, DROP COLUMN declined_at`);
  }
}
