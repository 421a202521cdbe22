import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A day, in the student's time zone, on which a section was completed, for the first time or again. */
@Entity('study_days')
@Check('study_days_day_check', `day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'`)
export class StudyDayEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'study_days_pkey' })
  userId: string;

  // Text, because the driver converts a date to midnight in some time zone.
  @PrimaryColumn('text', { primaryKeyConstraintName: 'study_days_pkey' })
  day: string;

  @Column('timestamptz', { name: 'first_at' })
  firstAt: Date;
}
