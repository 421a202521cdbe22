import { ADDRESS, PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.CustomerCreateParams',
  used: `
    balance description email invoice_prefix metadata name next_invoice_sequence payment_method phone
    preferred_locales source tax_exempt test_clock
  `,
  legacy: 'coupon promotion_code',
  nested: {
    address: ADDRESS,
    invoice_settings: parameters({
      used: 'default_payment_method footer',
      unsupported: 'custom_fields rendering_options',
    }),
    shipping: parameters({
      used: 'name phone',
      nested: {
        address: ADDRESS,
      },
    }),
  },
  unsupported: 'business_name cash_balance individual_name tax tax_id_data validate',
});

export const UPDATE = parameters({
  type: 'Stripe.CustomerUpdateParams',
  used: `
    balance description email invoice_prefix metadata name next_invoice_sequence phone preferred_locales
    tax_exempt
  `,
  legacy: 'coupon promotion_code',
  nested: {
    address: ADDRESS,
    invoice_settings: parameters({
      used: 'default_payment_method footer',
      unsupported: 'custom_fields rendering_options',
    }),
    shipping: parameters({
      used: 'name phone',
      nested: {
        address: ADDRESS,
      },
    }),
  },
  unsupported: 'business_name cash_balance default_source individual_name source tax validate',
});

export const LIST = parameters({
  type: 'Stripe.CustomerListParams',
  used: `email test_clock ${PAGE}`,
  nested: {
    created: RANGE,
  },
});
