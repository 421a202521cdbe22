import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many deliveries were refused for one cause within five minutes. */
@Entity('refused_deliveries')
export class RefusedDeliveryEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'refused_deliveries_pkey' })
  cause: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'refused_deliveries_pkey' })
  period: Date;

  @Column('bigint')
  count: string;

  @Column('timestamptz', { name: 'last_at' })
  lastAt: Date;
}
