import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One-time links to the billing portal. Only the hash of a link is stored; the session at Stripe is made on opening. */
export class CreateBillingLinks1764000000141 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE billing_links (
        code_hash bytea NOT NULL,
        user_id uuid NOT NULL,
        flow text,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT billing_links_pkey PRIMARY KEY (code_hash),
        CONSTRAINT billing_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX billing_links_user_id_idx ON billing_links (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE billing_links`);
  }
}
