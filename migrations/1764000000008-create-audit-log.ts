import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators did, and the indexes that their questions need. */
export class CreateAuditLog1764000000008 implements MigrationInterface {
  name = 'CreateAuditLog1764000000008';

  async up(queryRunner: QueryRunner): Promise<void> {
    // No foreign keys: an entry outlives the accounts that it names.
    await queryRunner.query(`
      CREATE TABLE audit_log (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        operator_id uuid NOT NULL,
        action text NOT NULL,
        target_kind text NOT NULL,
        target_id text NOT NULL,
        user_id uuid,
        reason text NOT NULL,
        details jsonb NOT NULL DEFAULT '{}',
        request_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT audit_log_pkey PRIMARY KEY (id)
      )`);
    await queryRunner.query('CREATE INDEX audit_log_user_id_idx ON audit_log (user_id, id)');
    await queryRunner.query(`
      CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await queryRunner.query('CREATE INDEX subjects_user_id_idx ON subjects (user_id)');
    await queryRunner.query(
      `CREATE INDEX webhook_events_dead_idx ON webhook_events (id) WHERE status = 'dead'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX webhook_events_dead_idx');
    await queryRunner.query('DROP INDEX subjects_user_id_idx');
    await queryRunner.query('DROP TABLE audit_log');
  }
}
