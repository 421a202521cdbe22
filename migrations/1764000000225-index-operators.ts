import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The list of operators does not read every user. */
export class IndexOperators1764000000225 implements MigrationInterface {
  name = 'IndexOperators1764000000225';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE INDEX users_operators_idx ON users (created_at) WHERE role = 'operator'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX users_operators_idx');
  }
}
