import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A Stripe subscription as last fetched. Access is derived from these rows, never stored. */
@Entity('subscriptions')
@Index('subscriptions_user_id_idx', ['userId'])
@Index('subscriptions_customer_id_idx', ['customerId'])
export class SubscriptionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'subscriptions_pkey' })
  id: string;

  @Column('text', { name: 'customer_id' })
  customerId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  status: string;

  @Column('boolean', { name: 'grants_premium' })
  grantsPremium: boolean;

  @Column('text', { nullable: true })
  plan: string | null;

  @Column('text', { name: 'price_id', nullable: true })
  priceId: string | null;

  @Column('timestamptz', { name: 'current_period_start' })
  currentPeriodStart: Date;

  @Column('timestamptz', { name: 'current_period_end' })
  currentPeriodEnd: Date;

  @Column('timestamptz', { name: 'trial_end', nullable: true })
  trialEnd: Date | null;

  @Column('boolean', { name: 'cancel_at_period_end', default: false })
  cancelAtPeriodEnd: boolean;

  @Column('timestamptz', { name: 'cancel_at', nullable: true })
  cancelAt: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('timestamptz', { name: 'past_due_since', nullable: true })
  pastDueSince: Date | null;

  @Column('text', { name: 'latest_invoice_id', nullable: true })
  latestInvoiceId: string | null;

  @Column('text', { name: 'latest_invoice_status', nullable: true })
  latestInvoiceStatus: string | null;

  @Column('bigint', { name: 'latest_invoice_amount_due_minor', nullable: true })
  latestInvoiceAmountDueMinor: string | null;

  @Column('text', { name: 'latest_invoice_billing_reason', nullable: true })
  latestInvoiceBillingReason: string | null;

  @Column('timestamptz', { name: 'latest_invoice_created_at', nullable: true })
  latestInvoiceCreatedAt: Date | null;

  @Column('bigint')
  fence: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'synced_at', default: () => 'now()' })
  syncedAt: Date;
}
