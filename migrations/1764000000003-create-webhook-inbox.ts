import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox: one row per event that Stripe sent, committed before the 2xx. The queue only carries hints to these rows. */
export class CreateWebhookInbox1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_events (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        event_id text NOT NULL,
        type text NOT NULL,
        api_version text,
        livemode boolean NOT NULL,
        subject_id text,
        object_id text,
        stripe_created_at timestamptz NOT NULL,
        payload text NOT NULL,
        request_id text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        status text NOT NULL,
        status_reason text,
        generation integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        outages integer NOT NULL DEFAULT 0,
        crashes integer NOT NULL DEFAULT 0,
        claimed_fence bigint,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        next_hint_at timestamptz NOT NULL DEFAULT now(),
        last_error text,
        processed_at timestamptz,
        processed_by text,
        CONSTRAINT webhook_events_pkey PRIMARY KEY (id),
        CONSTRAINT webhook_events_event_id_key UNIQUE (event_id),
        CONSTRAINT webhook_events_status_check
          CHECK (status IN ('pending', 'processed', 'ignored', 'dead', 'quarantined'))
      )`);
    // Payloads are stored unchanged and rarely read, so compression would cost more than the space.
    await runner.query(`ALTER TABLE webhook_events ALTER COLUMN payload SET STORAGE EXTERNAL`);
    await runner.query(
      `CREATE INDEX webhook_events_due_idx ON webhook_events (next_attempt_at) WHERE status = 'pending'`,
    );
    await runner.query(
      `CREATE INDEX webhook_events_pending_subject_idx ON webhook_events (subject_id) WHERE status = 'pending'`,
    );
    await runner.query(`CREATE INDEX webhook_events_subject_idx ON webhook_events (subject_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE webhook_events`);
  }
}
