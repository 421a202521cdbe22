import { newId } from '../../core/random';
import { wholeList } from '../../http/pagination';
import type { CustomerRecord } from '../customers/customer';
import { planOf } from '../prices/plan';
import type { PriceRecord } from '../prices/price';
import { type SubscriptionItemRecord, type SubscriptionRecord, withItems } from './subscription';

export interface WantedItem {
  price: PriceRecord;
  quantity: number;
  metadata?: Record<string, string>;
}

export interface SubscriptionPlan {
  id: string;
  customer: CustomerRecord;
  items: WantedItem[];
  now: number;
  period: { start: number; end: number };
  anchor: number;
  trialEnd: number | null;
  status: SubscriptionRecord['status'];
  default_payment_method: string | null;
  metadata: Record<string, string>;
  description: string | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  days_until_due: number | null;
  trialWithoutMethod: 'cancel' | 'create_invoice' | 'pause';
  savesMethod: boolean;
}

/** A new subscription with every field of the current API. */
export function buildSubscription(plan: SubscriptionPlan): SubscriptionRecord {
  return {
    ...subscriptionDefaults(),
    id: plan.id,
    billing_mode: {
      flexible: { proration_discounts: 'included' },
      type: 'flexible',
      updated_at: plan.now,
    },
    billing_cycle_anchor: plan.anchor,
    collection_method: plan.collection_method,
    days_until_due: plan.days_until_due,
    created: plan.now,
    currency: plan.items[0]?.price.currency ?? 'usd',
    customer: plan.customer.id,
    default_payment_method: plan.default_payment_method,
    description: plan.description,
    ...withItems(
      wholeList(
        plan.items.map((item) => buildItem(plan, item)),
        `/v1/subscription_items?subscription=${plan.id}`,
      ),
    ),
    metadata: plan.metadata,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: plan.savesMethod ? 'on_subscription' : 'off',
    },
    start_date: plan.now,
    status: plan.status,
    test_clock: plan.customer.test_clock ?? null,
    trial_end: plan.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: 'now', missing_payment_method: plan.trialWithoutMethod },
    },
    trial_start: plan.trialEnd === null ? null : plan.now,
  };
}

function subscriptionDefaults() {
  return {
    object: 'subscription' as const,
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor_config: null,
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    customer_account: null,
    default_source: null,
    default_tax_rates: [],
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' as const },
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: { enabled: false },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    test_clock: null,
    transfer_data: null,
  };
}

function buildItem(plan: SubscriptionPlan, item: WantedItem): SubscriptionItemRecord {
  return newItem(plan.id, item, { now: plan.now, ...plan.period });
}

export function newItem(
  subscription: string,
  item: WantedItem,
  when: { now: number; start: number; end: number },
): SubscriptionItemRecord {
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: when.now,
    current_period_end: when.end,
    current_period_start: when.start,
    current_trial: null,
    discounts: [],
    metadata: item.metadata ?? {},
    plan: planOf(item.price),
    price: item.price,
    quantity: item.quantity,
    subscription,
    tax_rates: [],
  };
}
