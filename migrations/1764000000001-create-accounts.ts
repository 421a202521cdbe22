import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, their password, and their sessions. */
export class CreateAccounts1764000000001 implements MigrationInterface {
  name = 'CreateAccounts1764000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE users (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        email text NOT NULL,
        full_name text NOT NULL,
        role text NOT NULL DEFAULT 'student',
        stripe_customer_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_email_key UNIQUE (email),
        CONSTRAINT users_stripe_customer_id_key UNIQUE (stripe_customer_id),
        CONSTRAINT users_role_check CHECK (role IN ('student', 'operator'))
      )`);
    await queryRunner.query(`
      CREATE TABLE auth_credentials (
        user_id uuid NOT NULL,
        password_hash text NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT auth_credentials_pkey PRIMARY KEY (user_id),
        CONSTRAINT auth_credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await queryRunner.query(`
      CREATE TABLE auth_sessions (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoke_reason text,
        CONSTRAINT auth_sessions_pkey PRIMARY KEY (id),
        CONSTRAINT auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT auth_sessions_revoke_reason_check CHECK (revoke_reason IN ('logout', 'reuse', 'password_changed')),
        CONSTRAINT auth_sessions_revoked_check CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
      )`);
    await queryRunner.query('CREATE INDEX auth_sessions_user_id_idx ON auth_sessions (user_id)');
    await queryRunner.query(`
      CREATE TABLE auth_refresh_tokens (
        token_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        issued_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        rotated_at timestamptz,
        successor_salt bytea,
        CONSTRAINT auth_refresh_tokens_pkey PRIMARY KEY (token_hash),
        CONSTRAINT auth_refresh_tokens_session_id_fkey
          FOREIGN KEY (session_id) REFERENCES auth_sessions (id) ON DELETE CASCADE
      )`);
    await queryRunner.query(
      'CREATE INDEX auth_refresh_tokens_session_id_idx ON auth_refresh_tokens (session_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE auth_refresh_tokens');
    await queryRunner.query('DROP TABLE auth_sessions');
    await queryRunner.query('DROP TABLE auth_credentials');
    await queryRunner.query('DROP TABLE users');
  }
}
