import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A chargeback on the payment of an invoice. Written by the billing work; the access rule already reads it. */
@Entity('disputes')
@Check('disputes_status_check', `status IN ('open', 'won', 'lost')`)
@Index('disputes_user_id_idx', ['userId'])
export class DisputeEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'disputes_pkey' })
  id: string;

  @Column('text', { name: 'invoice_id' })
  invoiceId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  status: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
