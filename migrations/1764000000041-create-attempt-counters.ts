import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits of sign-in, registration and mail. Keys are keyed hashes; rows are short-lived. */
export class CreateAttemptCounters1764000000041 implements MigrationInterface {
  name = 'CreateAttemptCounters1764000000041';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE auth_attempt_counters (
        key bytea CONSTRAINT auth_attempt_counters_pkey PRIMARY KEY,
        attempts double precision NOT NULL,
        counted_at timestamptz NOT NULL,
        blocked_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(
      'CREATE INDEX auth_attempt_counters_expires_at_idx ON auth_attempt_counters (expires_at)',
    );
    await queryRunner.query(`
      CREATE TABLE auth_known_addresses (
        key bytea CONSTRAINT auth_known_addresses_pkey PRIMARY KEY,
        seen_at timestamptz NOT NULL
      )`);
    await queryRunner.query(
      'CREATE INDEX auth_known_addresses_seen_at_idx ON auth_known_addresses (seen_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE auth_known_addresses');
    await queryRunner.query('DROP TABLE auth_attempt_counters');
  }
}
