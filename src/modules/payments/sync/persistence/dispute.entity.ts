import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A dispute about the payment of an invoice. */
@Entity('disputes')
@Check('disputes_status_check', `status IN ('inquiry', 'open', 'won', 'lost', 'prevented')`)
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
