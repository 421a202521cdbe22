import type Stripe from 'stripe';
import { noSuch } from '../../core/errors';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import type { PriceRecord } from '../prices/price';

export interface PhaseItem {
  billing_thresholds: null;
  discounts: never[];
  metadata: Record<string, string>;
  plan: string;
  price: string;
  quantity: number;
  tax_rates: never[];
}

export type PhaseRecord = Omit<Stripe.SubscriptionSchedule['phases'][number], 'items' | 'currency'> & {
  currency: string;
  items: PhaseItem[];
};

export type ScheduleRecord = Omit<
  Stripe.SubscriptionSchedule,
  'customer' | 'subscription' | 'phases' | 'test_clock'
> & {
  customer: string;
  subscription: string | null;
  test_clock: string | null;
  phases: PhaseRecord[];
};

export const schedules = defineCollection<ScheduleRecord>('subscription_schedules', ['subscription']);

const OPEN: ReadonlySet<string> = new Set(['not_started', 'active']);

export function getSchedule(world: World, id: string): ScheduleRecord {
  const schedule = schedules(world).find(id);
  if (!schedule) throw noSuch('subscription schedule', id);
  return schedule;
}

export function isOpen(schedule: ScheduleRecord): boolean {
  return OPEN.has(schedule.status);
}

export function phaseItem(price: PriceRecord, quantity: number): PhaseItem {
  return {
    billing_thresholds: null,
    discounts: [],
    metadata: {},
    plan: price.id,
    price: price.id,
    quantity,
    tax_rates: [],
  };
}

/** A phase with every field of the current API. */
export function newPhase(wanted: {
  items: PhaseItem[];
  start_date: number;
  end_date: number;
  currency: string;
  proration_behavior: string;
}): PhaseRecord {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    invoice_settings: null,
    metadata: {},
    on_behalf_of: null,
    transfer_data: null,
    trial_end: null,
    ...wanted,
  };
}

export const DEFAULT_SETTINGS: ScheduleRecord['default_settings'] = {
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: 'automatic',
  billing_thresholds: null,
  collection_method: 'charge_automatically',
  default_payment_method: null,
  description: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  on_behalf_of: null,
  transfer_data: null,
} as unknown as ScheduleRecord['default_settings'];
