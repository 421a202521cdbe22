import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A difference between Stripe and the database, open until a sweep or a repair no longer finds it. */
@Entity('drift_findings')
@Check(
  'drift_findings_kind_check',
  `kind IN ('missing_here', 'missing_there', 'status', 'period', 'cancel', 'customer', 'double')`,
)
@Index('drift_findings_open_idx', ['id'], { where: 'resolved_at IS NULL' })
@Index('drift_findings_customer_id_idx', ['customerId'])
export class DriftFindingEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'drift_findings_pkey',
  })
  id: string;

  @Column('text')
  kind: string;

  @Column('text', { name: 'customer_id' })
  customerId: string;

  @Column('text', { name: 'subscription_id', nullable: true })
  subscriptionId: string | null;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId: string | null;

  @Column('text', { nullable: true })
  here: string | null;

  @Column('text', { nullable: true })
  there: string | null;

  @Column('timestamptz', { name: 'found_at', default: () => 'now()' })
  foundAt: Date;

  @Column('timestamptz', { name: 'last_seen_at', default: () => 'now()' })
  lastSeenAt: Date;

  @Column('timestamptz', { name: 'repair_requested_at', nullable: true })
  repairRequestedAt: Date | null;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;
}
