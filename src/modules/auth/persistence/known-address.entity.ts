import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An address from which an account has been signed in to. */
@Entity('auth_known_addresses')
export class KnownAddressEntity {
  /** HMAC of account and address together. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'auth_known_addresses_pkey' })
  key: Buffer;

  @Index('auth_known_addresses_seen_at_idx')
  @Column('timestamptz', { name: 'seen_at' })
  seenAt: Date;
}
