import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

export const SESSION_KINDS = ['api', 'browser', 'application'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const REVOKE_REASONS = [
  'logout',
  'reuse',
  'password_changed',
  'ended_by_user',
  'ended_by_operator',
] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];

/**
 * One sign-in of a user: through the API (with its family of refresh tokens), in a browser (with its cookie), or of an
 * application that the user connected (an OAuth grant with all its tokens). Ending the row ends all of it at once.
 */
@Entity('auth_sessions')
@Unique('auth_sessions_cookie_hash_key', ['cookieHash'])
@Check('auth_sessions_kind_check', `kind IN ('api', 'browser', 'application')`)
@Check('auth_sessions_cookie_check', `(kind = 'browser') = (cookie_hash IS NOT NULL)`)
@Check('auth_sessions_client_check', `(kind = 'application') = (client_id IS NOT NULL)`)
@Check(
  'auth_sessions_revoke_reason_check',
  `revoke_reason IN ('logout', 'reuse', 'password_changed', 'ended_by_user', 'ended_by_operator')`,
)
@Check('auth_sessions_revoked_check', '(revoked_at IS NULL) = (revoke_reason IS NULL)')
export class SessionEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'auth_sessions_pkey' })
  id: string;

  @Index('auth_sessions_user_id_idx')
  @Column('uuid', { name: 'user_id' })
  @ForeignKey('users', { name: 'auth_sessions_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  /** The limit of the whole session, however often it is refreshed. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'revoke_reason', nullable: true })
  revokeReason: RevokeReason | null;

  @Column('text', { default: 'api' })
  kind: SessionKind;

  /** SHA-256 of the cookie's value; the value itself is never stored. */
  @Column('bytea', { name: 'cookie_hash', nullable: true })
  cookieHash: Buffer | null;

  /** The connected application, an id of `oauth_clients`. */
  @Column('text', { name: 'client_id', nullable: true })
  clientId: string | null;

  /** Browser and system in words, to recognise a session by. */
  @Column('text', { nullable: true })
  device: string | null;

  /** When tokens were last exchanged; a browser's stays at its start. */
  @Column('timestamptz', { name: 'last_used_at', default: () => 'now()' })
  lastUsedAt: Date;
}
