import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One row per section that a student has opened. The foreign key to users is in the migration. */
@Entity('section_visits')
@Check('section_visits_order_check', 'first_opened_at <= last_opened_at')
export class SectionVisitEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'section_visits_pkey' })
  userId: string;

  @PrimaryColumn('text', { name: 'section_id', primaryKeyConstraintName: 'section_visits_pkey' })
  sectionId: string;

  @Column('text', { name: 'chapter_id' })
  chapterId: string;

  @Column('timestamptz', { name: 'first_opened_at' })
  firstOpenedAt: Date;

  @Column('timestamptz', { name: 'last_opened_at' })
  lastOpenedAt: Date;
}
