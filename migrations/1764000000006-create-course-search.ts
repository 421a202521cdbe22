import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The searchable copy of the course, one set of rows per version of the content, so that processes with different
 * versions do not disturb each other during a deployment. Everything here can be rebuilt from the content files.
 */
export class CreateCourseSearch1764000000006 implements MigrationInterface {
  name = 'CreateCourseSearch1764000000006';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Trusted since PostgreSQL 13: the owner of the database may create it.
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await queryRunner.query(`
      CREATE TABLE course_search_versions (
        version text NOT NULL,
        used_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT course_search_versions_pkey PRIMARY KEY (version)
      )`);
    await queryRunner.query(`
      CREATE TABLE course_search (
        version text NOT NULL,
        kind text NOT NULL,
        id text NOT NULL,
        chapter_id text NOT NULL,
        section_id text NOT NULL,
        tier text NOT NULL,
        title text NOT NULL,
        heading text NOT NULL,
        body text NOT NULL,
        tags text NOT NULL,
        names tsvector NOT NULL,
        document tsvector NOT NULL,
        CONSTRAINT course_search_pkey PRIMARY KEY (version, kind, id),
        CONSTRAINT course_search_version_fkey FOREIGN KEY (version)
          REFERENCES course_search_versions (version) ON DELETE CASCADE,
        CONSTRAINT course_search_kind_check CHECK (kind IN ('section', 'glossary')),
        CONSTRAINT course_search_tier_check CHECK (tier IN ('free', 'premium'))
      )`);
    // Written once and read often: no list of pending entries that a search would have to go through.
    await queryRunner.query(
      'CREATE INDEX course_search_document_idx ON course_search USING gin (document) WITH (fastupdate = off)',
    );
    await queryRunner.query(`
      CREATE TABLE course_search_words (
        version text NOT NULL,
        word text NOT NULL,
        tier text NOT NULL,
        occurrences integer NOT NULL,
        CONSTRAINT course_search_words_pkey PRIMARY KEY (version, word),
        CONSTRAINT course_search_words_version_fkey FOREIGN KEY (version)
          REFERENCES course_search_versions (version) ON DELETE CASCADE,
        CONSTRAINT course_search_words_tier_check CHECK (tier IN ('free', 'premium')),
        CONSTRAINT course_search_words_occurrences_check CHECK (occurrences > 0)
      )`);
    await queryRunner.query(
      'CREATE INDEX course_search_words_word_idx ON course_search_words USING gist (word gist_trgm_ops (siglen = 64))',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    // The extension stays: it may have been there before, and others may use it.
    await queryRunner.query('DROP TABLE course_search_words');
    await queryRunner.query('DROP TABLE course_search');
    await queryRunner.query('DROP TABLE course_search_versions');
  }
}
