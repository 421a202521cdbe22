import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose account an email is about, so that the owner can export the list of them and a deletion finds those that wait. */
export class NameReadersOfEmails1764000000241 implements MigrationInterface {
  name = 'NameReadersOfEmails1764000000241';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE outbox ADD COLUMN user_id uuid');
    await queryRunner.query('CREATE INDEX outbox_user_id_idx ON outbox (user_id)');
    // Emails about accounts have the id in their key. Others of before stay without an owner for their 30 days.
    await queryRunner.query(
      `UPDATE outbox o SET user_id = u.id FROM users u WHERE split_part(o.key, ':', 2) = u.id::text`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE outbox DROP COLUMN user_id');
  }
}
