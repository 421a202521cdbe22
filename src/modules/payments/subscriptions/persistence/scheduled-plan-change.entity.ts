import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A plan change at the end of the period; suspended while the subscription is set to end. */
@Entity('scheduled_plan_changes')
@Index('scheduled_plan_changes_user_id_idx', ['userId'])
export class ScheduledPlanChangeEntity {
  @PrimaryColumn('text', {
    name: 'subscription_id',
    primaryKeyConstraintName: 'scheduled_plan_changes_pkey',
  })
  subscriptionId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  plan: string;

  @Column('text', { name: 'price_id' })
  priceId: string;

  @Column('timestamptz', { name: 'effective_at' })
  effectiveAt: Date;

  @Column('boolean', { default: false })
  suspended: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
