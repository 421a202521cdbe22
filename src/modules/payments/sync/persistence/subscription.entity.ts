import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import {
  SUBSCRIPTION_COLUMNS,
  type SubscriptionRecord,
} from 'src/modules/payments/access/persistence/subscription.columns';

interface SubscriptionRow extends SubscriptionRecord {
  readonly fence: string;
  readonly syncedAt: Date;
}

const columns = Object.fromEntries(
  Object.entries(SUBSCRIPTION_COLUMNS).map(([property, { fixed: _, ...column }]) => [property, column]),
) as Record<keyof SubscriptionRecord, EntitySchemaColumnOptions>;

/** A Stripe subscription as last fetched. Access is derived from these rows, never stored. */
export const SubscriptionEntity = new EntitySchema<SubscriptionRow>({
  name: 'SubscriptionEntity',
  tableName: 'subscriptions',
  columns: {
    ...columns,
    id: { ...columns.id, primary: true, primaryKeyConstraintName: 'subscriptions_pkey' },
    fence: { type: 'bigint' },
    syncedAt: { name: 'synced_at', type: 'timestamptz', default: () => 'now()' },
  },
  indices: [
    { name: 'subscriptions_user_id_idx', columns: ['userId'] },
    { name: 'subscriptions_customer_id_idx', columns: ['customerId'] },
    { name: 'subscriptions_unpaid_idx', synchronize: false },
  ],
});
