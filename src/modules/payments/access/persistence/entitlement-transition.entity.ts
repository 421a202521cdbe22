import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Append-only log: who moved from which state to which, why, and what caused it. */
@Entity('entitlement_transitions')
@Index('entitlement_transitions_user_id_idx', ['userId', 'id'])
@Index('entitlement_transitions_granted_idx', { synchronize: false })
export class EntitlementTransitionEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'entitlement_transitions_pkey',
  })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'from_state' })
  fromState: string;

  @Column('text', { name: 'to_state' })
  toState: string;

  @Column('boolean')
  granted: boolean;

  @Column('text')
  reason: string;

  @Column('timestamptz', { name: 'access_until', nullable: true })
  accessUntil: Date | null;

  @Column('text', { name: 'subscription_id', nullable: true })
  subscriptionId: string | null;

  @Column('text', { name: 'cause_kind' })
  causeKind: string;

  @Column('text', { name: 'cause_id' })
  causeId: string;

  @Column('timestamptz', { name: 'business_time' })
  businessTime: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
