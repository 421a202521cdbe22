import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A worker process that is alive and reaches the database. */
@Entity('worker_heartbeats')
export class HeartbeatEntity {
  @PrimaryColumn('text', { name: 'process_id', primaryKeyConstraintName: 'worker_heartbeats_pkey' })
  processId: string;

  @Column('timestamptz', { name: 'started_at', default: () => 'now()' })
  startedAt: Date;

  @Column('timestamptz', { name: 'beat_at', default: () => 'now()' })
  beatAt: Date;
}
