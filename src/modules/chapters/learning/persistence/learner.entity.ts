import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row per student with learning activity. Its lock serialises the reports of one student. */
@Entity('learners')
export class LearnerEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'learners_pkey' })
  userId: string;

  /** When time was last credited. */
  @Column('timestamptz', { name: 'time_reported_at', nullable: true })
  timeReportedAt: Date | null;
}
