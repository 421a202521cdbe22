import { PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.CouponCreateParams',
  used: `
    amount_off currency duration duration_in_months id max_redemptions metadata name percent_off
    redeem_by
  `,
  nested: {
    applies_to: parameters({
      used: 'products',
    }),
  },
  unsupported: 'currency_options',
});

export const UPDATE = parameters({
  type: 'Stripe.CouponUpdateParams',
  used: 'metadata name',
  unsupported: 'currency_options',
});

export const LIST = parameters({
  type: 'Stripe.CouponListParams',
  used: PAGE,
  nested: {
    created: RANGE,
  },
});
