import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the events poller has read, per group of event types: Stripe lists at most 20 types per call. */
export class CreateEventCursors1764000000181 implements MigrationInterface {
  name = 'CreateEventCursors1764000000181';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_cursors (
        group_number integer NOT NULL,
        types text[] NOT NULL,
        read_until timestamptz NOT NULL,
        polled_at timestamptz NOT NULL,
        missed_events bigint NOT NULL DEFAULT 0,
        last_missed_at timestamptz,
        CONSTRAINT event_cursors_pkey PRIMARY KEY (group_number)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE event_cursors`);
  }
}
