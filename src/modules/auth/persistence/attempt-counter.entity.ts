import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often something was tried lately; `AttemptPolicy` says what it means. */
@Entity('auth_attempt_counters')
export class AttemptCounterEntity {
  /** HMAC of what is counted: neither email addresses nor IP addresses are stored. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'auth_attempt_counters_pkey' })
  key: Buffer;

  /** As of `counted_at`; it decays from there on. */
  @Column('double precision')
  attempts: number;

  @Column('timestamptz', { name: 'counted_at' })
  countedAt: Date;

  /** Earlier attempts are refused and not counted. */
  @Column('timestamptz', { name: 'blocked_until' })
  blockedUntil: Date;

  /** When it will have decayed to nothing; the row may go then. */
  @Index('auth_attempt_counters_expires_at_idx')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
