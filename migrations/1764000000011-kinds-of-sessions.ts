import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions in a browser (a cookie) and through a connected application (a grant) beside those of the API. */
export class KindsOfSessions1764000000011 implements MigrationInterface {
  name = 'KindsOfSessions1764000000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE auth_sessions
        ADD COLUMN kind text NOT NULL DEFAULT 'api',
        ADD COLUMN cookie_hash bytea,
        ADD COLUMN client_id text,
        ADD COLUMN device text,
        ADD COLUMN last_used_at timestamptz NOT NULL DEFAULT now(),
        ADD CONSTRAINT auth_sessions_cookie_hash_key UNIQUE (cookie_hash),
        ADD CONSTRAINT auth_sessions_kind_check CHECK (kind IN ('api', 'browser', 'application')),
        ADD CONSTRAINT auth_sessions_cookie_check CHECK ((kind = 'browser') = (cookie_hash IS NOT NULL)),
        ADD CONSTRAINT auth_sessions_client_check CHECK ((kind = 'application') = (client_id IS NOT NULL)),
        DROP CONSTRAINT auth_sessions_revoke_reason_check,
        ADD CONSTRAINT auth_sessions_revoke_reason_check
          CHECK (revoke_reason IN ('logout', 'reuse', 'password_changed', 'ended_by_user'))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `DELETE FROM auth_sessions WHERE kind <> 'api' OR revoke_reason = 'ended_by_user'`,
    );
    await queryRunner.query(`
      ALTER TABLE auth_sessions
        DROP CONSTRAINT auth_sessions_revoke_reason_check,
        ADD CONSTRAINT auth_sessions_revoke_reason_check
          CHECK (revoke_reason IN ('logout', 'reuse', 'password_changed')),
        DROP COLUMN kind, DROP COLUMN cookie_hash, DROP COLUMN client_id, DROP COLUMN device,
        DROP COLUMN last_used_at`);
  }
}
