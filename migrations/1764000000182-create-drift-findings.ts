import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the sweep finds: differences between Stripe and the database, and how each sweep went. */
export class CreateDriftFindings1764000000182 implements MigrationInterface {
  name = 'CreateDriftFindings1764000000182';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE drift_findings (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        kind text NOT NULL,
        customer_id text NOT NULL,
        subscription_id text,
        user_id uuid,
        here text,
        there text,
        found_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        repair_requested_at timestamptz,
        resolved_at timestamptz,
        CONSTRAINT drift_findings_pkey PRIMARY KEY (id),
        CONSTRAINT drift_findings_kind_check
          CHECK (kind IN ('missing_here', 'missing_there', 'status', 'period', 'cancel', 'customer', 'double'))
      )`);
    await runner.query(
      `CREATE INDEX drift_findings_open_idx ON drift_findings (id) WHERE resolved_at IS NULL`,
    );
    await runner.query(`CREATE INDEX drift_findings_customer_id_idx ON drift_findings (customer_id)`);
    await runner.query(`
      CREATE TABLE sweeps (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        dry_run boolean NOT NULL,
        outcome text NOT NULL,
        started_at timestamptz NOT NULL,
        duration_ms integer,
        subscriptions integer NOT NULL DEFAULT 0,
        customers integer NOT NULL DEFAULT 0,
        requests integer NOT NULL DEFAULT 0,
        found integer NOT NULL DEFAULT 0,
        repairs integer NOT NULL DEFAULT 0,
        error text,
        CONSTRAINT sweeps_pkey PRIMARY KEY (id),
        CONSTRAINT sweeps_outcome_check CHECK (outcome IN ('running', 'done', 'not_repaired', 'failed'))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sweeps`);
    await runner.query(`DROP TABLE drift_findings`);
  }
}
