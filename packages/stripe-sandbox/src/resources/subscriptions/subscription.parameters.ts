import { PAGE, RANGE, parameters } from '../../http/parameters';
import { DISCOUNTS } from '../discounts/discount.parameters';

export const CREATE = parameters({
  type: 'Stripe.SubscriptionCreateParams',
  used: `
    billing_cycle_anchor cancel_at cancel_at_period_end collection_method currency customer
    days_until_due default_payment_method description metadata off_session payment_behavior
    proration_behavior trial_end trial_period_days
  `,
  legacy: 'coupon promotion_code',
  only: { trial_from_plan: 'false' },
  nested: {
    automatic_tax: parameters({
      only: { enabled: 'false' },
      unsupported: 'liability',
    }),
    billing_mode: parameters({
      only: { type: 'flexible' },
      unsupported: 'flexible',
    }),
    discounts: DISCOUNTS,
    items: parameters({
      used: 'metadata plan price quantity',
      unsupported: 'billing_thresholds current_trial discounts price_data tax_rates',
    }),
    payment_settings: parameters({
      used: 'save_default_payment_method',
      unsupported: 'payment_method_options payment_method_types',
    }),
    trial_settings: parameters({
      nested: {
        end_behavior: parameters({
          used: 'missing_payment_method',
          unsupported: 'billing_cycle_anchor',
        }),
      },
    }),
  },
  unsupported: `
    add_invoice_items application_fee_percent backdate_start_date billing_cycle_anchor_config
    billing_schedules billing_thresholds customer_account default_source default_tax_rates
    invoice_settings on_behalf_of pending_invoice_item_interval transfer_data
  `,
});

export const UPDATE = parameters({
  type: 'Stripe.SubscriptionUpdateParams',
  used: `
    cancel_at cancel_at_period_end collection_method days_until_due default_payment_method description
    metadata off_session payment_behavior proration_behavior proration_date trial_end
  `,
  legacy: 'coupon promotion_code',
  only: { trial_from_plan: 'false' },
  nested: {
    automatic_tax: parameters({
      only: { enabled: 'false' },
      unsupported: 'liability',
    }),
    billing_cycle_anchor: parameters({
      only: { type: 'now unchanged' },
    }),
    cancellation_details: parameters({
      used: 'comment feedback',
      unsupported: 'feedback_option',
    }),
    discounts: DISCOUNTS,
    items: parameters({
      used: 'deleted id metadata plan price quantity',
      unsupported: 'billing_thresholds clear_usage current_trial discounts price_data tax_rates',
    }),
    pause_collection: parameters({
      used: 'behavior resumes_at',
    }),
    payment_settings: parameters({
      used: 'save_default_payment_method',
      unsupported: 'payment_method_options payment_method_types',
    }),
    trial_settings: parameters({
      nested: {
        end_behavior: parameters({
          used: 'missing_payment_method',
          unsupported: 'billing_cycle_anchor',
        }),
      },
    }),
  },
  unsupported: `
    add_invoice_items application_fee_percent billing_schedules billing_thresholds default_source
    default_tax_rates invoice_settings on_behalf_of pending_invoice_item_interval transfer_data
  `,
});

export const LIST = parameters({
  type: 'Stripe.SubscriptionListParams',
  used: `collection_method customer price status test_clock ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'automatic_tax current_period_end current_period_start customer_account plan',
});

export const CANCEL = parameters({
  type: 'Stripe.SubscriptionCancelParams',
  used: 'invoice_now prorate',
  nested: {
    cancellation_details: parameters({
      used: 'comment feedback',
      unsupported: 'feedback_option',
    }),
  },
});

export const RESUME = parameters({
  type: 'Stripe.SubscriptionResumeParams',
  used: 'payment_behavior proration_behavior',
  nested: {
    billing_cycle_anchor: parameters({
      only: { type: 'now unchanged' },
    }),
  },
  unsupported: 'proration_date',
});

export const PAUSE = parameters({
  type: 'Stripe.SubscriptionPauseParams',
  used: 'invoicing_behavior',
  only: { type: 'subscription' },
  nested: {
    bill_for: parameters({
      ignored: 'outstanding_usage_through',
      nested: {
        unused_time_from: parameters({
          only: { type: 'now none' },
        }),
      },
    }),
  },
});

export const DELETE_DISCOUNT = parameters({
  type: 'Stripe.SubscriptionDeleteDiscountParams',
});
