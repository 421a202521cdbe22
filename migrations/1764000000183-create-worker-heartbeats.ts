import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A worker that is frozen or gone falls silent here, and payments no longer open at once. */
export class CreateWorkerHeartbeats1764000000183 implements MigrationInterface {
  name = 'CreateWorkerHeartbeats1764000000183';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE worker_heartbeats (
        process_id text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        beat_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT worker_heartbeats_pkey PRIMARY KEY (process_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE worker_heartbeats`);
  }
}
