import { PAGE, PERIOD, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.InvoiceItemCreateParams',
  used: `
    amount currency customer description discountable invoice metadata quantity subscription
    unit_amount_decimal
  `,
  legacy: 'price unit_amount',
  nested: {
    period: PERIOD,
    pricing: parameters({
      used: 'price',
    }),
  },
  unsupported: 'customer_account discounts price_data quantity_decimal tax_behavior tax_code tax_rates',
});

export const UPDATE = parameters({
  type: 'Stripe.InvoiceItemUpdateParams',
  used: 'amount description metadata',
  unsupported: `
    discountable discounts invoicing_rules period price_data pricing quantity quantity_decimal
    tax_behavior tax_code tax_rates unit_amount_decimal
  `,
});

export const LIST = parameters({
  type: 'Stripe.InvoiceItemListParams',
  used: `customer invoice pending ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'customer_account',
});

export const DELETE = parameters({
  type: 'Stripe.InvoiceItemDeleteParams',
});
