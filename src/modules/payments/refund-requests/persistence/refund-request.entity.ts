import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { RefundRequestStatus } from 'src/modules/payments/refund-requests/domain/refund-request';

/** A student asks for the money of an invoice. */
@Entity('refund_requests')
@Check('refund_requests_status_check', `status IN ('open', 'approving', 'approved', 'declined')`)
@Check('refund_requests_reason_check', `length(reason) <= 500`)
@Index('refund_requests_user_id_idx', ['userId', 'createdAt'])
@Index('refund_requests_open_key', ['invoiceId'], {
  unique: true,
  where: `status IN ('open', 'approving')`,
})
export class RefundRequestEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'refund_requests_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'invoice_id' })
  invoiceId: string;

  @Column('text', { name: 'invoice_number', nullable: true })
  invoiceNumber: string | null;

  @Column('bigint', { name: 'amount_minor' })
  amountMinor: string;

  @Column('text')
  currency: string;

  /** Untrusted text. */
  @Column('text')
  reason: string;

  @Column('text', { default: 'open' })
  status: RefundRequestStatus;

  /** Business time. */
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('text', { name: 'decline_reason', nullable: true })
  declineReason: string | null;
}
