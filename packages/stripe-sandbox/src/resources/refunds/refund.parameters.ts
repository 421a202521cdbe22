import { PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.RefundCreateParams',
  used: 'amount charge metadata payment_intent reason',
  ignored: 'instructions_email',
  unsupported: 'currency customer origin refund_application_fee reverse_transfer',
});

export const UPDATE = parameters({
  type: 'Stripe.RefundUpdateParams',
  used: 'metadata',
});

export const LIST = parameters({
  type: 'Stripe.RefundListParams',
  used: `charge payment_intent ${PAGE}`,
  nested: {
    created: RANGE,
  },
});

export const CANCEL = parameters({
  type: 'Stripe.RefundCancelParams',
});
