import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The failed attempts of each event. Successful ones leave no row: the event itself says when it was processed. */
export class RecordFailedAttempts1764000000222 implements MigrationInterface {
  name = 'RecordFailedAttempts1764000000222';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE event_attempts (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        webhook_event_id bigint NOT NULL,
        failed_at timestamptz NOT NULL DEFAULT now(),
        counts_as text NOT NULL,
        processed_by text NOT NULL,
        error text NOT NULL,
        next_attempt_at timestamptz,
        CONSTRAINT event_attempts_pkey PRIMARY KEY (id),
        CONSTRAINT event_attempts_counts_as_check CHECK (counts_as IN ('attempt', 'outage', 'nothing')),
        CONSTRAINT event_attempts_webhook_event_id_fkey
          FOREIGN KEY (webhook_event_id) REFERENCES webhook_events (id) ON DELETE CASCADE
      )`);
    await queryRunner.query(
      'CREATE INDEX event_attempts_webhook_event_id_idx ON event_attempts (webhook_event_id, id)',
    );
    await queryRunner.query(
      'CREATE INDEX webhook_events_received_at_idx ON webhook_events USING brin (received_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX webhook_events_received_at_idx');
    await queryRunner.query('DROP TABLE event_attempts');
  }
}
