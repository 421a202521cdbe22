import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Paused collection keeps access, and an invoice behind a pending update decides nothing. */
export class PausedAndPendingSubscriptions1764000000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE subscriptions
        ADD COLUMN collection_paused boolean NOT NULL DEFAULT false,
        ADD COLUMN pending_update boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE subscriptions DROP COLUMN collection_paused, DROP COLUMN pending_update`);
  }
}
