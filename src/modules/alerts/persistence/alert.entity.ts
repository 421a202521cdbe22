import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One incident, from the first sign to its end. */
@Entity('alerts')
@Index('alerts_open_key', ['alert', 'key'], { unique: true, where: 'closed_at IS NULL' })
@Index('alerts_unsent_idx', ['id'], {
  where: 'opened_sent_at IS NULL OR (closed_at IS NOT NULL AND closed_sent_at IS NULL)',
})
export class AlertEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'alerts_pkey',
  })
  id: string;

  @Column('text')
  alert: string;

  @Column('text', { name: 'incident_key' })
  key: string;

  @Column('text')
  reason: string;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt: Date;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;

  @Column('timestamptz', { name: 'opened_sent_at', nullable: true })
  openedSentAt: Date | null;

  @Column('timestamptz', { name: 'closed_sent_at', nullable: true })
  closedSentAt: Date | null;
}
