import { PAGE, RANGE, parameters } from '../../http/parameters';

export const LIST = parameters({
  type: 'Stripe.Radar.EarlyFraudWarningListParams',
  used: `charge payment_intent ${PAGE}`,
  nested: {
    created: RANGE,
  },
});
