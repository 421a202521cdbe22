import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Money that went back for an invoice. Written by the billing work; the access rule already reads it. */
@Entity('refunds')
@Index('refunds_user_id_idx', ['userId'])
export class RefundEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'refunds_pkey' })
  id: string;

  @Column('text', { name: 'invoice_id' })
  invoiceId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('bigint', { name: 'amount_minor' })
  amountMinor: string;

  @Column('boolean', { name: 'is_full' })
  isFull: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
