import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries that were refused, counted by cause in periods of five minutes. Nothing of their content is kept. */
export class CreateRefusedDeliveries1764000000184 implements MigrationInterface {
  name = 'CreateRefusedDeliveries1764000000184';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE refused_deliveries (
        cause text NOT NULL,
        period timestamptz NOT NULL,
        count bigint NOT NULL,
        last_at timestamptz NOT NULL,
        CONSTRAINT refused_deliveries_pkey PRIMARY KEY (cause, period)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE refused_deliveries`);
  }
}
