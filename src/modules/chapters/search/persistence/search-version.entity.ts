import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row per version of the course that is completely indexed. */
@Entity('course_search_versions')
export class SearchVersionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'course_search_versions_pkey' })
  version: string;

  /** When a process last started with this version; the oldest make room. */
  @Column('timestamptz', { name: 'used_at', default: () => 'now()' })
  usedAt: Date;
}
