import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row per version of the course that is completely indexed. */
@Entity('course_search_versions')
export class SearchVersionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_versions_pkey' })
  version: string;

  /** When a process last used this version. The oldest versions are deleted. */
  @Column('timestamptz', { name: 'used_at', default: () => 'now()' })
  usedAt: Date;
}
