import { PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.ProductCreateParams',
  used: 'active description id images metadata name shippable statement_descriptor unit_label url',
  only: { type: 'service' },
  nested: {
    default_price_data: parameters({
      used: 'currency metadata unit_amount unit_amount_decimal',
      nested: {
        recurring: parameters({
          used: 'interval interval_count',
        }),
      },
      unsupported: 'currency_options custom_unit_amount tax_behavior',
    }),
    marketing_features: parameters({
      used: 'name',
    }),
  },
  unsupported: 'package_dimensions tax_code tax_details',
});

export const UPDATE = parameters({
  type: 'Stripe.ProductUpdateParams',
  used: 'active default_price description images metadata name shippable statement_descriptor unit_label url',
  nested: {
    marketing_features: parameters({
      used: 'name',
    }),
  },
  unsupported: 'package_dimensions tax_code tax_details',
});

export const LIST = parameters({
  type: 'Stripe.ProductListParams',
  used: `active ids shippable url ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'type',
});
