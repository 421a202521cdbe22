import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Corrections are looked for among words of the same first letter and about the same length. The index by trigrams had to
 * visit a good part of the vocabulary for every misspelt word.
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
