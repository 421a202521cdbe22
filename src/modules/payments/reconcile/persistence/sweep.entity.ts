import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One comparison of everything at Stripe with everything here. */
@Entity('sweeps')
@Check('sweeps_outcome_check', `outcome IN ('running', 'done', 'not_repaired', 'failed')`)
export class SweepEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'sweeps_pkey',
  })
  id: string;

  @Column('boolean', { name: 'dry_run' })
  dryRun: boolean;

  @Column('text')
  outcome: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Column('integer', { name: 'duration_ms', nullable: true })
  durationMs: number | null;

  @Column('integer', { default: 0 })
  subscriptions: number;

  @Column('integer', { default: 0 })
  customers: number;

  @Column('integer', { default: 0 })
  requests: number;

  @Column('integer', { default: 0 })
  found: number;

  @Column('integer', { default: 0 })
  repairs: number;

  @Column('text', { nullable: true })
  error: string | null;
}
