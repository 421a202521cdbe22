import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('auth_credentials')
export class CredentialEntity {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'auth_credentials_pkey' })
  @ForeignKey('users', { name: 'auth_credentials_user_id_fkey', onDelete: 'CASCADE' })
  userId: string;

  /** A PHC string: algorithm, parameters, salt and hash. */
  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' })
  changedAt: Date;
}
