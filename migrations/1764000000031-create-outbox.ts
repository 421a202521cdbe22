import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Emails that wait for delivery. */
export class CreateOutbox1764000000031 implements MigrationInterface {
  name = 'CreateOutbox1764000000031';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The content holds addresses and links that open accounts. It is encrypted, and cleared after delivery.
    await queryRunner.query(`
      CREATE TABLE outbox (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        key text NOT NULL,
        content bytea,
        status text NOT NULL DEFAULT 'pending',
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        CONSTRAINT outbox_pkey PRIMARY KEY (id),
        CONSTRAINT outbox_key_key UNIQUE (key),
        CONSTRAINT outbox_status_check CHECK (status IN ('pending', 'sent', 'dead', 'nothing')),
        CONSTRAINT outbox_content_check CHECK ((status = 'pending') = (content IS NOT NULL)),
        CONSTRAINT outbox_settled_check CHECK ((status = 'pending') = (settled_at IS NULL))
      )`);
    await queryRunner.query(
      `CREATE INDEX outbox_due_idx ON outbox (next_attempt_at) WHERE status = 'pending'`,
    );
    await queryRunner.query(
      `CREATE INDEX outbox_settled_idx ON outbox (settled_at) WHERE status <> 'pending'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE outbox');
  }
}
