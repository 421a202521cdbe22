import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A refund of a payment that paid an invoice. `is_full`: it has succeeded, and nothing of the invoice is kept. */
@Entity('refunds')
@Index('refunds_user_id_idx', ['userId'])
export class RefundEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'refunds_pkey' })
  id: string;

  @Column('text', { name: 'invoice_id' })
  invoiceId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  status: string;

  @Column('bigint', { name: 'amount_minor' })
  amountMinor: string;

  @Column('boolean', { name: 'is_full' })
  isFull: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
