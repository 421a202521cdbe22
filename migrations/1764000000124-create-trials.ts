import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One trial per card: cards are remembered as keyed hashes, also after the account is gone. */
export class CreateTrials1764000000124 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE trials (
        subscription_id text NOT NULL,
        user_id uuid NOT NULL,
        card_hash text NOT NULL,
        refused boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT trials_pkey PRIMARY KEY (subscription_id)
      )`);
    await runner.query(`CREATE UNIQUE INDEX trials_one_per_card_key ON trials (card_hash) WHERE NOT refused`);
    await runner.query(`CREATE INDEX trials_user_id_idx ON trials (user_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE trials');
  }
}
