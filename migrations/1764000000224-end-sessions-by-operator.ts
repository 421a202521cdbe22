import type { MigrationInterface, QueryRunner } from 'typeorm';

const reasons = (list: string) => `
  ALTER TABLE auth_sessions DROP CONSTRAINT auth_sessions_revoke_reason_check,
    ADD CONSTRAINT auth_sessions_revoke_reason_check CHECK (revoke_reason IN (${list}))`;

/** Operators can sign a user out everywhere. */
export class EndSessionsByOperator1764000000224 implements MigrationInterface {
  name = 'EndSessionsByOperator1764000000224';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      reasons(`'logout', 'reuse', 'password_changed', 'ended_by_user', 'ended_by_operator'`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE auth_sessions SET revoke_reason = 'ended_by_user' WHERE revoke_reason = 'ended_by_operator'`,
    );
    await queryRunner.query(reasons(`'logout', 'reuse', 'password_changed', 'ended_by_user'`));
  }
}
