import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

export const OUTBOX_STATUSES = ['pending', 'sent', 'dead', 'nothing'] as const;
export type OutboxStatus = (typeof OUTBOX_STATUSES)[number];

/** An email to deliver; afterwards only the record that it was sent, and when. */
@Entity('outbox')
@Unique('outbox_key_key', ['key'])
@Check('outbox_status_check', `status IN ('pending', 'sent', 'dead', 'nothing')`)
@Check('outbox_content_check', `(status = 'pending') = (content IS NOT NULL)`)
@Check('outbox_settled_check', `(status = 'pending') = (settled_at IS NULL)`)
@Index('outbox_due_idx', ['nextAttemptAt'], { where: `status = 'pending'` })
@Index('outbox_settled_idx', ['settledAt'], { where: `status <> 'pending'` })
export class OutboxMessageEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'outbox_pkey' })
  id: string;

  /** The business fact that the email reports, `kind:identity`. Each fact is reported once. */
  @Column('text')
  key: string;

  /** Whose account it is about; null for emails about the installation. No foreign key: mail knows no accounts. */
  @Column('uuid', { name: 'user_id', nullable: true })
  @Index('outbox_user_id_idx')
  userId: string | null;

  /** Encrypted; deleted when the email was sent or has failed. */
  @Column('bytea', { nullable: true })
  content: Buffer | null;

  @Column('text', { default: 'pending' })
  status: OutboxStatus;

  /** Counted when the row is claimed, so that crashes count; also the proof of a claim. */
  @Column('integer', { default: 0 })
  attempts: number;

  /** While a process is sending: when its claim expires. */
  @Column('timestamptz', { name: 'next_attempt_at', default: () => 'now()' })
  nextAttemptAt: Date;

  /** The email is not sent after this time. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt: Date | null;
}
