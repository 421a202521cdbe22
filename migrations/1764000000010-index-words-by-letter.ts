import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The search looks for corrections among words with the same first letter and a similar length. The trigram index scanned a
 * large part of the vocabulary for every misspelled word.
 */
export class IndexWordsByLetter1764000000010 implements MigrationInterface {
  name = 'IndexWordsByLetter1764000000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX course_search_words_word_idx');
    await queryRunner.query(
      'CREATE INDEX course_search_words_letter_idx ON course_search_words (version, left(word, 1), length(word))',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX course_search_words_letter_idx');
    await queryRunner.query(
      'CREATE INDEX course_search_words_word_idx ON course_search_words USING gist (word gist_trgm_ops (siglen = 64))',
    );
  }
}
