import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents: one row from the first sign to the end, and whether each change has been sent. */
export class CreateAlerts1764000000185 implements MigrationInterface {
  name = 'CreateAlerts1764000000185';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alerts (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        alert text NOT NULL,
        incident_key text NOT NULL,
        reason text NOT NULL,
        opened_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        closed_at timestamptz,
        opened_sent_at timestamptz,
        closed_sent_at timestamptz,
        CONSTRAINT alerts_pkey PRIMARY KEY (id)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX alerts_open_key ON alerts (alert, incident_key) WHERE closed_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX alerts_unsent_idx ON alerts (id)
       WHERE opened_sent_at IS NULL OR (closed_at IS NOT NULL AND closed_sent_at IS NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE alerts`);
  }
}
