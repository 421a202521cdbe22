import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a change of plan costs and when it takes effect, as shown to the student. */
@Entity('plan_change_quotes')
@Check('plan_change_quotes_kind_check', `kind IN ('at_once', 'at_period_end', 'keep')`)
@Index('plan_change_quotes_user_id_idx', ['userId'])
export class PlanChangeQuoteEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'plan_change_quotes_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'subscription_id' })
  subscriptionId: string;

  @Column('text', { name: 'item_id' })
  itemId: string;

  @Column('text', { name: 'from_price_id' })
  fromPriceId: string;

  @Column('text')
  plan: string;

  @Column('text', { name: 'price_id' })
  priceId: string;

  @Column('text')
  kind: string;

  @Column('timestamptz', { name: 'proration_date' })
  prorationDate: Date;

  @Column('bigint', { name: 'due_now_minor' })
  dueNowMinor: string;

  @Column('bigint', { name: 'next_amount_minor' })
  nextAmountMinor: string;

  @Column('text')
  currency: string;

  @Column('timestamptz', { name: 'next_charge_at' })
  nextChargeAt: Date;

  @Column('timestamptz', { name: 'effective_at' })
  effectiveAt: Date;

  @Column('boolean', { name: 'lifts_cancellation' })
  liftsCancellation: boolean;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
