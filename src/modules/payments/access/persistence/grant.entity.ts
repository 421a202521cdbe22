import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Complimentary access given by an operator. */
@Entity('grants')
@Index('grants_user_id_idx', ['userId'])
export class GrantEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'grants_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  reason: string;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt: Date;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column('uuid', { name: 'granted_by' })
  grantedBy: string;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
