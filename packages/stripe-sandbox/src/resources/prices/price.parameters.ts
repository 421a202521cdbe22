import { PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.PriceCreateParams',
  used: `
    active currency lookup_key metadata nickname product tax_behavior transfer_lookup_key unit_amount
    unit_amount_decimal
  `,
  only: { billing_scheme: 'per_unit' },
  nested: {
    product_data: parameters({
      used: 'active id metadata name statement_descriptor unit_label',
      unsupported: 'tax_code tax_details',
    }),
    recurring: parameters({
      used: 'interval interval_count',
      only: { usage_type: 'licensed' },
      unsupported: 'meter trial_period_days',
    }),
  },
  unsupported: 'currency_options custom_unit_amount tiers tiers_mode transform_quantity',
});

export const UPDATE = parameters({
  type: 'Stripe.PriceUpdateParams',
  used: 'active lookup_key metadata nickname tax_behavior transfer_lookup_key',
  unsupported: 'currency_options',
});

export const LIST = parameters({
  type: 'Stripe.PriceListParams',
  used: `active currency lookup_keys product type ${PAGE}`,
  nested: {
    created: RANGE,
    recurring: parameters({
      used: 'interval',
      only: { usage_type: 'licensed' },
      unsupported: 'meter',
    }),
  },
});
