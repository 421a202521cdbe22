import type {
  InvoiceStatus,
  Plan,
  SubscriptionFacts,
  SubscriptionSnapshot,
} from 'src/modules/payments/domain/subscription';

/** A stored subscription: the facts of the rule and what answers and operations show of it. */
export interface StoredSubscription extends SubscriptionFacts {
  readonly customerId: string;
  readonly plan: Plan | null;
  /** The item that a plan change replaces. Null until the first sync after the column was added. */
  readonly itemId: string | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly createdAt: Date;
}

/** What a sync writes. */
export interface SubscriptionToStore extends Omit<SubscriptionSnapshot, 'items'> {
  readonly customerId: string;
  readonly userId: string;
  readonly grantsPremium: boolean;
  readonly plan: Plan | null;
  readonly priceId: string | null;
  readonly itemId: string | null;
}

/** One property per column; the latest invoice is flat. */
export interface SubscriptionRecord extends Omit<SubscriptionToStore, 'latestInvoice'> {
  readonly latestInvoiceId: string | null;
  readonly latestInvoiceStatus: InvoiceStatus | null;
  readonly latestInvoiceAmountDueMinor: number | null;
  readonly latestInvoiceBillingReason: string | null;
  readonly latestInvoiceCreatedAt: Date | null;
}

interface Column {
  readonly name: string;
  readonly type: 'text' | 'uuid' | 'boolean' | 'bigint' | 'timestamptz';
  readonly nullable?: true;
  readonly default?: boolean;
  /** Written once: a later sync leaves it alone. */
  readonly fixed?: true;
}

/** The one description of the table's columns: entity, select and upsert are made from it. */
export const SUBSCRIPTION_COLUMNS: Readonly<Record<keyof SubscriptionRecord, Column>> = {
  id: { name: 'id', type: 'text', fixed: true },
  customerId: { name: 'customer_id', type: 'text', fixed: true },
  userId: { name: 'user_id', type: 'uuid', fixed: true },
  status: { name: 'status', type: 'text' },
  grantsPremium: { name: 'grants_premium', type: 'boolean' },
  plan: { name: 'plan', type: 'text', nullable: true },
  priceId: { name: 'price_id', type: 'text', nullable: true },
  itemId: { name: 'item_id', type: 'text', nullable: true },
  currentPeriodStart: { name: 'current_period_start', type: 'timestamptz' },
  currentPeriodEnd: { name: 'current_period_end', type: 'timestamptz' },
  trialEnd: { name: 'trial_end', type: 'timestamptz', nullable: true },
  cancelAtPeriodEnd: { name: 'cancel_at_period_end', type: 'boolean', default: false },
  cancelAt: { name: 'cancel_at', type: 'timestamptz', nullable: true },
  endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
  collectionPaused: { name: 'collection_paused', type: 'boolean', default: false },
  pendingUpdate: { name: 'pending_update', type: 'boolean', default: false },
  pastDueSince: { name: 'past_due_since', type: 'timestamptz', nullable: true },
  latestInvoiceId: { name: 'latest_invoice_id', type: 'text', nullable: true },
  latestInvoiceStatus: { name: 'latest_invoice_status', type: 'text', nullable: true },
  latestInvoiceAmountDueMinor: { name: 'latest_invoice_amount_due_minor', type: 'bigint', nullable: true },
  latestInvoiceBillingReason: { name: 'latest_invoice_billing_reason', type: 'text', nullable: true },
  latestInvoiceCreatedAt: { name: 'latest_invoice_created_at', type: 'timestamptz', nullable: true },
  createdAt: { name: 'created_at', type: 'timestamptz', fixed: true },
};

const entries = Object.entries(SUBSCRIPTION_COLUMNS) as [keyof SubscriptionRecord, Column][];

/** Select list for a table `alias`; the rows are SubscriptionRecords. The driver returns bigint as text, float8 as number. */
export const selectSubscription = (alias: string): string =>
  entries
    .map(
      ([property, { name, type }]) =>
        `${alias}.${name}${type === 'bigint' ? '::float8' : ''} AS "${property}"`,
    )
    .join(', ');

const times = entries.filter(([, { type }]) => type === 'timestamptz').map(([property]) => property);

/** JSON has no dates: turns the row of a `selectSubscription` that came as JSON into what the driver gives. */
export function reviveSubscription<Row extends object>(row: Row): Row {
  const dates = times.flatMap((property) => {
    const value = (row as Partial<Record<string, unknown>>)[property];
    return typeof value === 'string' ? [[property, new Date(value)]] : [];
  });
  return { ...row, ...(Object.fromEntries(dates) as object) };
}

const names = entries.map(([, { name }]) => name);
const updates = entries.filter(([, { fixed }]) => !fixed).map(([, { name }]) => `${name} = excluded.${name}`);

/** Parameters: one per column in the order of `toParameters`, then the fence. Terminal statuses absorb. */
export const UPSERT_SUBSCRIPTION = `
  INSERT INTO subscriptions (${names.join(', ')}, fence, synced_at)
  VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')}, $${names.length + 1}, now())
  ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}, fence = excluded.fence, synced_at = now()
  WHERE subscriptions.status NOT IN ('canceled', 'incomplete_expired') OR subscriptions.status = excluded.status`;

export function toParameters({ latestInvoice: invoice, ...subscription }: SubscriptionToStore): unknown[] {
  const record: SubscriptionRecord = {
    ...subscription,
    latestInvoiceId: invoice?.id ?? null,
    latestInvoiceStatus: invoice?.status ?? null,
    latestInvoiceAmountDueMinor: invoice?.amountDueMinor ?? null,
    latestInvoiceBillingReason: invoice?.billingReason ?? null,
    latestInvoiceCreatedAt: invoice?.createdAt ?? null,
  };
  return entries.map(([property]) => record[property]);
}

/** Keeps the columns only: the row of a join has more. */
export function toStoredSubscription(row: SubscriptionRecord): StoredSubscription {
  const record = Object.fromEntries(entries.map(([property]) => [property, row[property]]));
  return { ...(record as unknown as SubscriptionRecord), latestInvoice: toInvoice(row) };
}

function toInvoice(record: SubscriptionRecord): StoredSubscription['latestInvoice'] {
  if (record.latestInvoiceId === null || record.latestInvoiceCreatedAt === null) return null;
  return {
    id: record.latestInvoiceId,
    status: record.latestInvoiceStatus ?? 'unknown',
    amountDueMinor: record.latestInvoiceAmountDueMinor ?? 0,
    billingReason: record.latestInvoiceBillingReason ?? 'unknown',
    createdAt: record.latestInvoiceCreatedAt,
  };
}
