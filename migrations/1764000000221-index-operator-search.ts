import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators search users by a part of the name or email address, and read the payment links of one user. */
export class IndexOperatorSearch1764000000221 implements MigrationInterface {
  name = 'IndexOperatorSearch1764000000221';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await queryRunner.query(
      `CREATE INDEX users_search_idx ON users USING gin ((email || ' ' || full_name) gin_trgm_ops)`,
    );
    await queryRunner.query('CREATE INDEX users_full_name_idx ON users (lower(full_name))');
    await queryRunner.query('CREATE INDEX checkout_sessions_user_id_idx ON checkout_sessions (user_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX checkout_sessions_user_id_idx');
    await queryRunner.query('DROP INDEX users_full_name_idx');
    await queryRunner.query('DROP INDEX users_search_idx');
  }
}
