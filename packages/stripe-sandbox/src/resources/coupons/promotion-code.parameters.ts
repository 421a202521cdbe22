import { PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.PromotionCodeCreateParams',
  used: 'active code customer expires_at max_redemptions metadata',
  legacy: 'coupon',
  nested: {
    promotion: parameters({
      used: 'coupon',
      only: { type: 'coupon' },
    }),
    restrictions: parameters({
      used: 'first_time_transaction minimum_amount minimum_amount_currency',
      unsupported: 'currency_options',
    }),
  },
  unsupported: 'customer_account',
});

export const UPDATE = parameters({
  type: 'Stripe.PromotionCodeUpdateParams',
  used: 'active metadata',
  unsupported: 'restrictions',
});

export const LIST = parameters({
  type: 'Stripe.PromotionCodeListParams',
  used: `active code coupon customer ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'customer_account',
});
