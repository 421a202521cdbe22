import { PAGE, RANGE, SHIPPING, parameters } from '../../http/parameters';

export const LIST = parameters({
  type: 'Stripe.ChargeListParams',
  used: `customer payment_intent ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'transfer_group',
});

export const UPDATE = parameters({
  type: 'Stripe.ChargeUpdateParams',
  used: 'description metadata receipt_email',
  nested: {
    fraud_details: parameters({
      used: 'user_report',
    }),
    shipping: SHIPPING,
  },
  unsupported: 'customer transfer_group',
});
