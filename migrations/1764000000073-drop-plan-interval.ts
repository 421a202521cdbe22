import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing read it: the interval of a plan follows from its name. */
export class DropPlanInterval1764000000073 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE plans DROP COLUMN recurring_interval`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE plans ADD COLUMN recurring_interval text`);
    await runner.query(
      `UPDATE plans SET recurring_interval = CASE plan WHEN 'yearly' THEN 'year' ELSE 'month' END`,
    );
    await runner.query(`ALTER TABLE plans ALTER COLUMN recurring_interval SET NOT NULL`);
  }
}
