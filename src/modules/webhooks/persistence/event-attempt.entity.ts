import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { WebhookEventEntity } from './webhook-event.entity';

/** One failed attempt to process an event. */
@Entity('event_attempts')
@Check('event_attempts_counts_as_check', `counts_as IN ('attempt', 'outage', 'nothing')`)
@Index('event_attempts_webhook_event_id_idx', ['webhookEventId', 'id'])
export class EventAttemptEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'event_attempts_pkey',
  })
  id: string;

  @ForeignKey(() => WebhookEventEntity, {
    onDelete: 'CASCADE',
    name: 'event_attempts_webhook_event_id_fkey',
  })
  @Column('bigint', { name: 'webhook_event_id' })
  webhookEventId: string;

  @Column('timestamptz', { name: 'failed_at', default: () => 'now()' })
  failedAt: Date;

  @Column('text', { name: 'counts_as' })
  countsAs: string;

  @Column('text', { name: 'processed_by' })
  processedBy: string;

  @Column('text')
  error: string;

  /** When the event was tried again; null after the last attempt. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt: Date | null;
}
