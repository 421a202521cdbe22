import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Time spent, days of activity, time zones and certificates. */
export class CreateLearning1764000000007 implements MigrationInterface {
  name = 'CreateLearning1764000000007';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE section_progress
        ADD COLUMN seconds integer NOT NULL DEFAULT 0,
        ADD CONSTRAINT section_progress_seconds_check CHECK (seconds >= 0)`);
    await queryRunner.query(`
      CREATE TABLE learners (
        user_id uuid NOT NULL,
        time_reported_at timestamptz,
        CONSTRAINT learners_pkey PRIMARY KEY (user_id),
        CONSTRAINT learners_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await queryRunner.query(`
      CREATE TABLE learner_time_zones (
        user_id uuid NOT NULL,
        since timestamptz NOT NULL,
        time_zone text NOT NULL,
        CONSTRAINT learner_time_zones_pkey PRIMARY KEY (user_id, since),
        CONSTRAINT learner_time_zones_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await queryRunner.query(`
      CREATE TABLE study_days (
        user_id uuid NOT NULL,
        day text NOT NULL,
        first_at timestamptz NOT NULL,
        CONSTRAINT study_days_pkey PRIMARY KEY (user_id, day),
        CONSTRAINT study_days_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT study_days_day_check CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
      )`);
    await queryRunner.query(`
      CREATE TABLE certificates (
        code text NOT NULL,
        user_id uuid NOT NULL,
        issued_at timestamptz NOT NULL,
        key_id text NOT NULL,
        jws text NOT NULL,
        revoked_at timestamptz,
        revoked_reason text,
        CONSTRAINT certificates_pkey PRIMARY KEY (code),
        CONSTRAINT certificates_user_id_key UNIQUE (user_id),
        CONSTRAINT certificates_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT certificates_revoked_check CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE certificates, study_days, learner_time_zones, learners');
    await queryRunner.query('ALTER TABLE section_progress DROP COLUMN seconds');
  }
}
