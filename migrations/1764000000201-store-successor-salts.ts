import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A retried exchange of a refresh token returns the same successor, so the salt that derives it is kept. */
export class StoreSuccessorSalts1764000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_oidc_payloads ADD COLUMN successor_salt bytea');
    // A client that is retrying during the deployment must not count as one that reuses a token.
    await runner.query(`
      UPDATE auth_oidc_payloads SET successor_salt = sha256(convert_to(gen_random_uuid()::text, 'UTF8'))
       WHERE model = 'RefreshToken' AND consumed_at > now() - interval '1 minute'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_oidc_payloads DROP COLUMN successor_salt');
  }
}
