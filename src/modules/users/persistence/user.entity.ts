import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Role } from 'src/common/domain/principal';

@Entity('users')
@Unique('users_email_key', ['email'])
@Unique('users_stripe_customer_id_key', ['stripeCustomerId'])
@Index('users_search_idx', { synchronize: false })
@Index('users_operators_idx', { synchronize: false })
@Index('users_full_name_idx', { synchronize: false })
@Check('users_role_check', `role IN ('student', 'operator')`)
export class UserEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column('text')
  email: string;

  @Column('text', { name: 'full_name' })
  fullName: string;

  @Column('text', { default: 'student' })
  role: Role;

  @Column('text', { name: 'stripe_customer_id', nullable: true })
  stripeCustomerId: string | null;

  @Column('timestamptz', { name: 'email_verified_at', nullable: true })
  emailVerifiedAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
