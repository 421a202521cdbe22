import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A write to Stripe that we intend: its id is the idempotency key, its params are repeated exactly. */
@Entity('stripe_operations')
@Check('stripe_operations_status_check', `status IN ('pending', 'succeeded', 'failed', 'superseded')`)
@Index('stripe_operations_pending_key', ['target'], { unique: true, where: `status = 'pending'` })
@Index('stripe_operations_user_id_idx', ['userId'])
export class StripeOperationEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'stripe_operations_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  kind: string;

  @Column('text')
  target: string;

  @Column('jsonb')
  params: unknown;

  @Column('text', { default: 'pending' })
  status: string;

  @Column('text', { name: 'result_id', nullable: true })
  resultId: string | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;
}
