import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A Checkout Session that we created; at most one open per user. */
@Entity('checkout_sessions')
@Unique('checkout_sessions_stripe_session_id_key', ['stripeSessionId'])
@Unique('checkout_sessions_short_code_key', ['shortCode'])
@Check('checkout_sessions_status_check', `status IN ('open', 'complete', 'expired')`)
@Index('checkout_sessions_one_open_per_user_key', ['userId'], { unique: true, where: `status = 'open'` })
@Index('checkout_sessions_user_id_idx', ['userId'])
export class CheckoutSessionEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'checkout_sessions_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'stripe_session_id' })
  stripeSessionId: string;

  @Column('text', { name: 'short_code' })
  shortCode: string;

  @Column('text', { name: 'customer_id' })
  customerId: string;

  @Column('text')
  plan: string;

  @Column('text', { name: 'promotion_code', nullable: true })
  promotionCode: string | null;

  @Column('text')
  url: string;

  @Column('text', { name: 'success_url' })
  successUrl: string;

  @Column('text', { name: 'cancel_url' })
  cancelUrl: string;

  @Column('text', { default: 'open' })
  status: string;

  @Column('text', { name: 'payment_status', default: 'unpaid' })
  paymentStatus: string;

  @Column('text', { name: 'decline_code', nullable: true })
  declineCode: string | null;

  @Column('timestamptz', { name: 'declined_at', nullable: true })
  declinedAt: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;
}
