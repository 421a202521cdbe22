import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

export const REVOKE_REASONS = ['logout', 'reuse', 'password_changed'] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];

/** One sign-in: the family of all refresh tokens that descend from it. */
@Entity('auth_sessions')
@Check('auth_sessions_revoke_reason_check', `revoke_reason IN ('logout', 'reuse', 'password_changed')`)
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

  /** The limit of the whole sign-in, however often it is refreshed. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'revoke_reason', nullable: true })
  revokeReason: RevokeReason | null;
}
