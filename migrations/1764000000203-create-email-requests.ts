import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for an email that name only an address. The worker looks up whether there is such an account. */
export class CreateEmailRequests1764000000203 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE auth_email_requests (
        id uuid NOT NULL,
        content bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT auth_email_requests_pkey PRIMARY KEY (id)
      )`);
    await runner.query(
      'CREATE INDEX auth_email_requests_next_attempt_at_idx ON auth_email_requests (next_attempt_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth_email_requests');
  }
}
