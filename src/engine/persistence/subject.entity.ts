import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A Stripe customer (or a user at checkout) as the unit of work: who holds the lease, its fence, and syncs asked for. */
@Entity('subjects')
@Index('subjects_user_id_idx', ['userId'])
@Index('subjects_sync_due_idx', ['nextSyncAt'], { where: `sync_requested > sync_served` })
export class SubjectEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'subjects_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId: string | null;

  @Column('bigint', { default: 0 })
  fence: string;

  @Column('text', { name: 'lease_owner', nullable: true })
  leaseOwner: string | null;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  @Column('bigint', { name: 'sync_requested', default: 0 })
  syncRequested: string;

  @Column('bigint', { name: 'sync_served', default: 0 })
  syncServed: string;

  @Column('integer', { name: 'sync_failures', default: 0 })
  syncFailures: number;

  @Column('integer', { name: 'sync_hints', default: 0 })
  syncHints: number;

  @Column('timestamptz', { name: 'next_sync_at', default: () => 'now()' })
  nextSyncAt: Date;

  @Column('timestamptz', { name: 'last_synced_at', nullable: true })
  lastSyncedAt: Date | null;
}
