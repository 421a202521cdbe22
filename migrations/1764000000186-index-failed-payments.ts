import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts count failed payments every ten seconds, over a week. */
export class IndexFailedPayments1764000000186 implements MigrationInterface {
  name = 'IndexFailedPayments1764000000186';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX webhook_events_failed_payments_idx ON webhook_events (received_at)
       WHERE type = 'invoice.payment_failed'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX webhook_events_failed_payments_idx`);
  }
}
