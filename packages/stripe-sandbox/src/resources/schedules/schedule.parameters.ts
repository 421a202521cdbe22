import { PAGE, RANGE, parameters } from '../../http/parameters';

/** A phase, apart from its start: a new schedule starts where it says itself. */
const PHASE = {
  legacy: 'iterations',
  nested: {
    duration: parameters({
      used: 'interval interval_count',
    }),
    items: parameters({
      used: 'price quantity',
      unsupported: 'billing_thresholds discounts metadata plan price_data tax_rates',
    }),
  },
  unsupported: `
    add_invoice_items application_fee_percent automatic_tax billing_cycle_anchor billing_thresholds
    collection_method currency default_payment_method default_tax_rates description discounts
    invoice_settings metadata on_behalf_of transfer_data trial trial_end
  `,
};

export const CREATE = parameters({
  type: 'Stripe.SubscriptionScheduleCreateParams',
  used: 'customer end_behavior from_subscription metadata start_date',
  nested: {
    billing_mode: parameters({
      only: { type: 'flexible' },
      unsupported: 'flexible',
    }),
    phases: parameters({
      used: 'end_date proration_behavior',
      ...PHASE,
    }),
  },
  unsupported: 'customer_account default_settings pause_schedules',
});

export const UPDATE = parameters({
  type: 'Stripe.SubscriptionScheduleUpdateParams',
  used: 'end_behavior metadata',
  nested: {
    phases: parameters({
      used: 'end_date proration_behavior start_date',
      ...PHASE,
    }),
  },
  unsupported: 'default_settings pause_schedules proration_behavior',
});

export const LIST = parameters({
  type: 'Stripe.SubscriptionScheduleListParams',
  used: `customer ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'canceled_at completed_at customer_account released_at scheduled',
});

export const RELEASE = parameters({
  type: 'Stripe.SubscriptionScheduleReleaseParams',
  used: 'preserve_cancel_date',
});

export const CANCEL = parameters({
  type: 'Stripe.SubscriptionScheduleCancelParams',
  used: 'invoice_now prorate',
});
