import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A price can be archived at Stripe: the plans say what can be bought now, and whether tax is included. */
export class PriceAvailability1764000000123 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Rows from before were read once and never again: without a time they are read again first.
    await runner.query(
      `ALTER TABLE plans ADD COLUMN refusal text, ADD COLUMN tax_behavior text NOT NULL DEFAULT 'unspecified',
         ADD COLUMN read_at timestamptz`,
    );
    await runner.query(`ALTER TABLE plans ALTER COLUMN tax_behavior DROP DEFAULT`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE plans DROP COLUMN refusal, DROP COLUMN tax_behavior, DROP COLUMN read_at`,
    );
  }
}
