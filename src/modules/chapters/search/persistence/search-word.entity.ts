import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One word of one version of the course, for corrections. Foreign keys are in the migration. */
@Entity('course_search_words')
@Index('course_search_words_letter_idx', { synchronize: false })
@Check('course_search_words_tier_check', "tier IN ('free', 'premium')")
@Check('course_search_words_occurrences_check', 'occurrences > 0')
export class SearchWordEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_words_pkey' })
  version: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_words_pkey' })
  word: string;

  @Column('text')
  tier: string;

  @Column('integer')
  occurrences: number;
}
