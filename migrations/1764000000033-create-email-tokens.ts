import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links in emails that prove an address: at most one of each kind per account. */
export class CreateEmailTokens1764000000033 implements MigrationInterface {
  name = 'CreateEmailTokens1764000000033';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE auth_email_tokens (
        user_id uuid NOT NULL,
        purpose text NOT NULL,
        token_hash bytea NOT NULL,
        email text NOT NULL,
        issued_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        day_started_at timestamptz NOT NULL DEFAULT now(),
        issued_in_day integer NOT NULL DEFAULT 1,
        CONSTRAINT auth_email_tokens_pkey PRIMARY KEY (user_id, purpose),
        CONSTRAINT auth_email_tokens_token_hash_key UNIQUE (token_hash),
        CONSTRAINT auth_email_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT auth_email_tokens_purpose_check
          CHECK (purpose IN ('verify_email', 'reset_password', 'change_email'))
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE auth_email_tokens');
  }
}
