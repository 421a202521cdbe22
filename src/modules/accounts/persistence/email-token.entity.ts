import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

export const TOKEN_PURPOSES = ['verify_email', 'reset_password', 'change_email'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** The newest link of a kind that was sent to an account. It replaces the previous one. */
@Entity('auth_email_tokens')
@Unique('auth_email_tokens_token_hash_key', ['tokenHash'])
@Check('auth_email_tokens_purpose_check', `purpose IN ('verify_email', 'reset_password', 'change_email')`)
export class EmailTokenEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'auth_email_tokens_pkey' })
  @ForeignKey('users', { name: 'auth_email_tokens_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'auth_email_tokens_pkey' })
  purpose: TokenPurpose;

  /** SHA-256 of the token; the token itself is only in the email. */
  @Column('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  /** Where it was sent to, and so what it proves. */
  @Column('text')
  email: string;

  @Column('timestamptz', { name: 'issued_at', default: () => 'now()' })
  issuedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;

  /** With `issuedInDay`: how many were sent in the 24 hours since. */
  @Column('timestamptz', { name: 'day_started_at', default: () => 'now()' })
  dayStartedAt: Date;

  @Column('integer', { name: 'issued_in_day', default: 1 })
  issuedInDay: number;
}
