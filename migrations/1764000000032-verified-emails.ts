import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether the owner of an account has proved the address. Operators were made by a command, by somebody who knows them.
 * Of students nobody knows yet: they can confirm at any time, and only a new purchase asks for it.
 */
export class VerifiedEmails1764000000032 implements MigrationInterface {
  name = 'VerifiedEmails1764000000032';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE users ADD COLUMN email_verified_at timestamptz');
    await queryRunner.query(`UPDATE users SET email_verified_at = created_at WHERE role = 'operator'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE users DROP COLUMN email_verified_at');
  }
}
