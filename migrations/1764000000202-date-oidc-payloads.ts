import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Interactions compare with sessions by the database's clock: the web process may have another time. */
export class DateOidcPayloads1764000000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE auth_oidc_payloads ADD COLUMN created_at timestamptz NOT NULL DEFAULT clock_timestamp()',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_oidc_payloads DROP COLUMN created_at');
  }
}
