import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One thing that the authorization server remembers: a code, a refresh token, a grant, an interaction. */
@Entity('auth_oidc_payloads')
export class OidcPayloadEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'auth_oidc_payloads_pkey' })
  model: string;

  /** SHA-256 of the id. Ids of codes and tokens are the codes and tokens themselves, so they are stored nowhere. */
  @PrimaryColumn('bytea', { name: 'id_hash', primaryKeyConstraintName: 'auth_oidc_payloads_pkey' })
  idHash: Buffer;

  /** json, not jsonb: what callers send along (a state with NUL in it, say) comes back unchanged. */
  @Column('json')
  payload: object;

  /** The grant that it belongs to: the id of the session in `auth_sessions`. */
  @Index('auth_oidc_payloads_grant_id_idx')
  @Column('uuid', { name: 'grant_id', nullable: true })
  grantId: string | null;

  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt: Date | null;

  /** Of a consumed refresh token, with which its successor is derived; null once the successor was used. */
  @Column('bytea', { name: 'successor_salt', nullable: true })
  successorSalt: Buffer | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Index('auth_oidc_payloads_expires_at_idx')
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;
}
