import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A downgrade that waits for the end of the period. A cancellation suspends it, so that resuming can restore it. */
export class CreateScheduledPlanChanges1764000000142 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE scheduled_plan_changes (
        subscription_id text NOT NULL,
        user_id uuid NOT NULL,
        plan text NOT NULL,
        price_id text NOT NULL,
        effective_at timestamptz NOT NULL,
        suspended boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT scheduled_plan_changes_pkey PRIMARY KEY (subscription_id),
        CONSTRAINT scheduled_plan_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX scheduled_plan_changes_user_id_idx ON scheduled_plan_changes (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE scheduled_plan_changes`);
  }
}
