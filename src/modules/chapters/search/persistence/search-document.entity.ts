import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One section, glossary term or premium chapter of one version of the course. Foreign keys are in the migration. */
@Entity('course_search')
@Index('course_search_document_idx', { synchronize: false })
@Index('course_search_names_idx', { synchronize: false })
@Check('course_search_kind_check', "kind IN ('section', 'glossary', 'chapter')")
@Check('course_search_tier_check', "tier IN ('free', 'premium')")
export class SearchDocumentEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_pkey' })
  version: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_pkey' })
  kind: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_pkey' })
  id: string;

  @Column('text', { name: 'chapter_id' })
  chapterId: string;

  @Column('text', { name: 'section_id' })
  sectionId: string;

  @Column('text')
  tier: string;

  @Column('text')
  title: string;

  @Column('text')
  heading: string;

  /** Plain text, without Markdown. */
  @Column('text')
  body: string;

  @Column('text')
  tags: string;

  /** The part of `document` from title and heading, small enough to rank thousands. */
  @Column('tsvector')
  names: string;

  /** Weights: title A, heading B, body C, tags D. */
  @Column('tsvector')
  document: string;
}
