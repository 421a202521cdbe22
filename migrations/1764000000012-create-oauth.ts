import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Applications that may request access, and data that the authorization server keeps between requests. */
export class CreateOauth1764000000012 implements MigrationInterface {
  name = 'CreateOauth1764000000012';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE auth_clients (
        id text NOT NULL,
        name text NOT NULL,
        confidential boolean NOT NULL,
        scopes text[] NOT NULL,
        redirect_uris text[] NOT NULL DEFAULT '{}',
        secret_hash bytea,
        previous_secret_hash bytea,
        previous_secret_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT auth_clients_pkey PRIMARY KEY (id),
        CONSTRAINT auth_clients_secret_check CHECK (confidential OR secret_hash IS NULL),
        CONSTRAINT auth_clients_previous_check
          CHECK ((previous_secret_hash IS NULL) = (previous_secret_until IS NULL))
      )`);
    await queryRunner.query(`
      INSERT INTO auth_clients (id, name, confidential, scopes) VALUES
        ('chatgpt-actions', 'ChatGPT', true,
         '{chapters:read,profile:read,subscription:read,subscription:write}'),
        ('swagger-operator', 'Swagger UI', false,
         '{chapters:read,profile:read,subscription:read,subscription:write,operator}')`);
    await queryRunner.query(`
      CREATE TABLE auth_oidc_payloads (
        model text NOT NULL,
        id_hash bytea NOT NULL,
        payload json NOT NULL,
        grant_id uuid,
        consumed_at timestamptz,
        expires_at timestamptz,
        CONSTRAINT auth_oidc_payloads_pkey PRIMARY KEY (model, id_hash)
      )`);
    await queryRunner.query('CREATE INDEX auth_oidc_payloads_grant_id_idx ON auth_oidc_payloads (grant_id)');
    await queryRunner.query(
      'CREATE INDEX auth_oidc_payloads_expires_at_idx ON auth_oidc_payloads (expires_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE auth_oidc_payloads');
    await queryRunner.query('DROP TABLE auth_clients');
  }
}
