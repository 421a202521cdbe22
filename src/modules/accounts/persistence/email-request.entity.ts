import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody asked for an email by its address only. The worker looks the account up, so no answer depends on it. */
@Entity('auth_email_requests')
export class EmailRequestEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'auth_email_requests_pkey' })
  id: string;

  /** Kind and address, encrypted. */
  @Column('bytea')
  content: Buffer;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Index('auth_email_requests_next_attempt_at_idx')
  @Column('timestamptz', { name: 'next_attempt_at', default: () => 'clock_timestamp()' })
  nextAttemptAt: Date;
}
