import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One event that Stripe sent. Seen (the row exists) and processed (status) are two different things. */
@Entity('webhook_events')
@Unique('webhook_events_event_id_key', ['eventId'])
@Check('webhook_events_status_check', `status IN ('pending', 'processed', 'ignored', 'dead', 'quarantined')`)
@Index('webhook_events_due_idx', ['nextAttemptAt'], { where: `status = 'pending'` })
@Index('webhook_events_pending_subject_idx', ['subjectId'], { where: `status = 'pending'` })
@Index('webhook_events_failed_payments_idx', ['receivedAt'], { where: `type = 'invoice.payment_failed'` })
@Index('webhook_events_dead_idx', ['id'], { where: `status = 'dead'` })
@Index('webhook_events_subject_idx', ['subjectId', 'id'])
@Index('webhook_events_received_at_idx', { synchronize: false })
export class WebhookEventEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'webhook_events_pkey',
  })
  id: string;

  @Column('text', { name: 'event_id' })
  eventId: string;

  @Column('text')
  type: string;

  @Column('text', { name: 'api_version', nullable: true })
  apiVersion: string | null;

  @Column('boolean')
  livemode: boolean;

  @Column('text', { name: 'subject_id', nullable: true })
  subjectId: string | null;

  @Column('text', { name: 'object_id', nullable: true })
  objectId: string | null;

  @Column('timestamptz', { name: 'stripe_created_at' })
  stripeCreatedAt: Date;

  @Column('text')
  payload: string;

  @Column('text', { name: 'request_id' })
  requestId: string;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt: Date;

  @Column('text')
  status: string;

  @Column('text', { name: 'status_reason', nullable: true })
  statusReason: string | null;

  @Column('integer', { default: 0 })
  generation: number;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('integer', { default: 0 })
  outages: number;

  @Column('integer', { default: 0 })
  crashes: number;

  @Column('bigint', { name: 'claimed_fence', nullable: true })
  claimedFence: string | null;

  @Column('timestamptz', { name: 'next_attempt_at', default: () => 'now()' })
  nextAttemptAt: Date;

  @Column('timestamptz', { name: 'next_hint_at', default: () => 'now()' })
  nextHintAt: Date;

  @Column('integer', { default: 0 })
  hints: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  @Column('timestamptz', { name: 'processed_at', nullable: true })
  processedAt: Date | null;

  @Column('text', { name: 'processed_by', nullable: true })
  processedBy: string | null;
}
