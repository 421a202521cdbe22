import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A price of ours as Stripe had it last; its amount and product never change there. */
@Entity('plans')
@Check('plans_plan_check', `plan IN ('monthly', 'yearly')`)
export class PlanEntity {
  @PrimaryColumn('text', { name: 'price_id', primaryKeyConstraintName: 'plans_pkey' })
  priceId: string;

  @Column('text')
  plan: string;

  @Column('text', { name: 'product_id' })
  productId: string;

  @Column('bigint', { name: 'amount_minor' })
  amountMinor: string;

  @Column('text')
  currency: string;

  @Column('text', { nullable: true })
  refusal: string | null;

  @Column('text', { name: 'tax_behavior' })
  taxBehavior: string;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt: Date | null;
}
