import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from 'src/common/domain/scopes';

/** An application that may ask users for access (an OAuth client). */
@Entity('auth_clients')
@Check('auth_clients_secret_check', 'confidential OR secret_hash IS NULL')
@Check('auth_clients_previous_check', '(previous_secret_hash IS NULL) = (previous_secret_until IS NULL)')
export class ClientEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'auth_clients_pkey' })
  id: string;

  /** Shown to people on the consent page. */
  @Column('text')
  name: string;

  /** Keeps a secret on a server of its own; others prove themselves with PKCE. */
  @Column('boolean')
  confidential: boolean;

  /** The most it may ask for. */
  @Column('text', { array: true })
  scopes: Scope[];

  /** Where codes may be sent, matched to the template. Edited by operators. */
  @Column('text', { name: 'redirect_uris', array: true, default: () => `'{}'` })
  redirectUris: string[];

  /** SHA-256 of the secret, which is 256 random bits and stored nowhere. */
  @Column('bytea', { name: 'secret_hash', nullable: true })
  secretHash: Buffer | null;

  /** Still accepted for a while after a new secret was made. */
  @Column('bytea', { name: 'previous_secret_hash', nullable: true })
  previousSecretHash: Buffer | null;

  @Column('timestamptz', { name: 'previous_secret_until', nullable: true })
  previousSecretUntil: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
