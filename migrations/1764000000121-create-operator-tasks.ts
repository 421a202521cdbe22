import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What only a person can settle: double subscriptions, payments of nobody, prices that are gone. */
export class CreateOperatorTasks1764000000121 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE operator_tasks (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        kind text NOT NULL,
        fact text NOT NULL,
        customer_id text,
        user_id uuid,
        details jsonb NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT now(),
        resolved_at timestamptz,
        resolved_by text,
        resolution text,
        CONSTRAINT operator_tasks_pkey PRIMARY KEY (id),
        CONSTRAINT operator_tasks_kind_fact_key UNIQUE (kind, fact),
        CONSTRAINT operator_tasks_resolved_check CHECK (
          (resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolution IS NULL))
      )`);
    await runner.query(
      `CREATE INDEX operator_tasks_open_idx ON operator_tasks (opened_at, id) WHERE resolved_at IS NULL`,
    );
    await runner.query(`CREATE INDEX operator_tasks_user_id_idx ON operator_tasks (user_id)`);
    await runner.query(`CREATE INDEX operator_tasks_customer_id_idx ON operator_tasks (customer_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE operator_tasks');
  }
}
