import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SessionEntity } from './session.entity';

@Entity('auth_refresh_tokens')
export class RefreshTokenEntity {
  /** SHA-256 of the token; the token itself is never stored. */
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'auth_refresh_tokens_pkey' })
  tokenHash: Buffer;

  @Index('auth_refresh_tokens_session_id_idx')
  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => SessionEntity, { name: 'auth_refresh_tokens_session_id_fkey', onDelete: 'CASCADE' })
  sessionId: string;

  @Column('timestamptz', { name: 'issued_at', default: () => 'now()' })
  issuedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'rotated_at', nullable: true })
  rotatedAt: Date | null;

  /** With the token, gives its successor again. Only the parent of the family's newest token has one. */
  @Column('bytea', { name: 'successor_salt', nullable: true })
  successorSalt: Buffer | null;
}
