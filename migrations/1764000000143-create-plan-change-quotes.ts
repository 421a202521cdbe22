import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a change of plan will cost, as shown to the student: the change takes the quote, so nobody pays another price. */
export class CreatePlanChangeQuotes1764000000143 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE plan_change_quotes (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        subscription_id text NOT NULL,
        item_id text NOT NULL,
        from_price_id text NOT NULL,
        plan text NOT NULL,
        price_id text NOT NULL,
        kind text NOT NULL,
        proration_date timestamptz NOT NULL,
        due_now_minor bigint NOT NULL,
        next_amount_minor bigint NOT NULL,
        currency text NOT NULL,
        next_charge_at timestamptz NOT NULL,
        effective_at timestamptz NOT NULL,
        lifts_cancellation boolean NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT plan_change_quotes_pkey PRIMARY KEY (id),
        CONSTRAINT plan_change_quotes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT plan_change_quotes_kind_check CHECK (kind IN ('at_once', 'at_period_end', 'keep'))
      )`);
    await runner.query(`CREATE INDEX plan_change_quotes_user_id_idx ON plan_change_quotes (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE plan_change_quotes`);
  }
}
