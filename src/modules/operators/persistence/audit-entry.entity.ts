import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Append-only log of operator actions with target and reason. */
@Entity('audit_log')
@Index('audit_log_user_id_idx', ['userId', 'id'])
export class AuditEntryEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_log_pkey',
  })
  id: string;

  @Column('uuid', { name: 'operator_id' })
  operatorId: string;

  @Column('text')
  action: string;

  @Column('text', { name: 'target_kind' })
  targetKind: string;

  @Column('text', { name: 'target_id' })
  targetId: string;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId: string | null;

  @Column('text')
  reason: string;

  @Column('jsonb', { default: {} })
  details: Record<string, unknown>;

  @Column('text', { name: 'request_id' })
  requestId: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
