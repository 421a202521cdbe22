import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One row per section that a student has completed. The foreign key to users is in the migration. */
@Entity('section_progress')
@Check('section_progress_seconds_check', 'seconds >= 0')
export class SectionProgressEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'section_progress_pkey' })
  userId: string;

  @PrimaryColumn('text', { name: 'section_id', primaryKeyConstraintName: 'section_progress_pkey' })
  sectionId: string;

  @Column('text', { name: 'chapter_id' })
  chapterId: string;

  @Column('timestamptz', { name: 'completed_at' })
  completedAt: Date;

  /** Credited time, summed over all visits. */
  @Column('integer', { default: 0 })
  seconds: number;
}
