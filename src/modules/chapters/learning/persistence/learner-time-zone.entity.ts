import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a student has been since when; rows are added and never changed, because past days keep their zone. */
@Entity('learner_time_zones')
export class LearnerTimeZoneEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'learner_time_zones_pkey' })
  userId: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'learner_time_zones_pkey' })
  since: Date;

  @Column('text', { name: 'time_zone' })
  timeZone: string;
}
