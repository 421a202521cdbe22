import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A plan change names the item that it replaces. Null until the next sync of the subscription. */
export class StoreSubscriptionItem1764000000072 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE subscriptions ADD COLUMN item_id text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE subscriptions DROP COLUMN item_id`);
  }
}
