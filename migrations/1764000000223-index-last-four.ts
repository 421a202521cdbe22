import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators search payments by the last four digits of a card, and list what needs a person. */
export class IndexLastFour1764000000223 implements MigrationInterface {
  name = 'IndexLastFour1764000000223';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX payments_card_last4_idx ON payments (card_last4, created_at)');
    await queryRunner.query(
      `CREATE INDEX subscriptions_unpaid_idx ON subscriptions (past_due_since, id)
       WHERE status IN ('past_due', 'unpaid')`,
    );
    await queryRunner.query(
      'CREATE INDEX entitlement_transitions_granted_idx ON entitlement_transitions (id) WHERE granted',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX entitlement_transitions_granted_idx');
    await queryRunner.query('DROP INDEX subscriptions_unpaid_idx');
    await queryRunner.query('DROP INDEX payments_card_last4_idx');
  }
}
