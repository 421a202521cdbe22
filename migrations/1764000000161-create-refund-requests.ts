import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Students ask for money back; operators decide. */
export class CreateRefundRequests1764000000161 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE refund_requests (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        invoice_id text NOT NULL,
        invoice_number text,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        reason text NOT NULL,
        status text NOT NULL DEFAULT 'open',
        created_at timestamptz NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        decline_reason text,
        CONSTRAINT refund_requests_pkey PRIMARY KEY (id),
        CONSTRAINT refund_requests_status_check CHECK (status IN ('open', 'approving', 'approved', 'declined')),
        CONSTRAINT refund_requests_reason_check CHECK (length(reason) <= 500)
      )`);
    await runner.query(`CREATE INDEX refund_requests_user_id_idx ON refund_requests (user_id, created_at)`);
    await runner.query(`
      CREATE UNIQUE INDEX refund_requests_open_key ON refund_requests (invoice_id)
      WHERE status IN ('open', 'approving')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE refund_requests');
  }
}
