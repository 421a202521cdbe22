import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refunds may fail after they were made, and not every dispute takes money: both need Stripe's word on where they are. */
export class RefundAndDisputeStatus1764000000071 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE refunds ADD COLUMN status text NOT NULL DEFAULT 'succeeded'`);
    await runner.query(`ALTER TABLE refunds ALTER COLUMN status DROP DEFAULT`);
    await runner.query(`ALTER TABLE disputes DROP CONSTRAINT disputes_status_check`);
    await runner.query(`
      ALTER TABLE disputes ADD CONSTRAINT disputes_status_check
        CHECK (status IN ('inquiry', 'open', 'won', 'lost', 'prevented'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM disputes WHERE status IN ('inquiry', 'prevented')`);
    await runner.query(`ALTER TABLE disputes DROP CONSTRAINT disputes_status_check`);
    await runner.query(
      `ALTER TABLE disputes ADD CONSTRAINT disputes_status_check CHECK (status IN ('open', 'won', 'lost'))`,
    );
    await runner.query(`ALTER TABLE refunds DROP COLUMN status`);
  }
}
