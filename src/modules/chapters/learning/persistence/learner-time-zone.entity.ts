import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The time zones of a student over time. Rows are only added, because past days keep their time zone. */
@Entity('learner_time_zones')
export class LearnerTimeZoneEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'learner_time_zones_pkey' })
  userId: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'learner_time_zones_pkey' })
  since: Date;

  @Column('text', { name: 'time_zone' })
  timeZone: string;
}
