import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** One row per student. The content is only in `jws`, so that no column can contradict the signature. */
@Entity('certificates')
@Unique('certificates_user_id_key', ['userId'])
@Check('certificates_revoked_check', '(revoked_at IS NULL) = (revoked_reason IS NULL)')
export class CertificateEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'certificates_pkey' })
  code: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt: Date;

  /** Id of the signing key. */
  @Column('text', { name: 'key_id' })
  keyId: string;

  @Column('text')
  jws: string;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  /** For operators, never public. */
  @Column('text', { name: 'revoked_reason', nullable: true })
  revokedReason: string | null;
}
