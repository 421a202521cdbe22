import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Something that only a person can settle, once per business fact. */
@Entity('operator_tasks')
@Unique('operator_tasks_kind_fact_key', ['kind', 'fact'])
@Check(
  'operator_tasks_resolved_check',
  `(resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolution IS NULL)`,
)
@Index('operator_tasks_open_idx', ['openedAt', 'id'], { where: 'resolved_at IS NULL' })
@Index('operator_tasks_user_id_idx', ['userId'])
@Index('operator_tasks_customer_id_idx', ['customerId'])
export class OperatorTaskEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'operator_tasks_pkey' })
  id: string;

  @Column('text')
  kind: string;

  @Column('text')
  fact: string;

  @Column('text', { name: 'customer_id', nullable: true })
  customerId: string | null;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId: string | null;

  @Column('jsonb')
  details: unknown;

  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' })
  openedAt: Date;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;

  @Column('text', { name: 'resolved_by', nullable: true })
  resolvedBy: string | null;

  @Column('text', { nullable: true })
  resolution: string | null;
}
