import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A one-time link to the billing portal. The link itself is not stored, only its hash. */
@Entity('billing_links')
@Index('billing_links_user_id_idx', ['userId'])
export class BillingLinkEntity {
  @PrimaryColumn('bytea', { name: 'code_hash', primaryKeyConstraintName: 'billing_links_pkey' })
  codeHash: Buffer;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { nullable: true })
  flow: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;
}
