import { PAGE, RANGE, parameters } from '../../http/parameters';

export const LIST = parameters({
  type: 'Stripe.EventListParams',
  used: `delivery_success type types ${PAGE}`,
  nested: {
    created: RANGE,
  },
});

/** Sends an event once more, as the CLI asks for it; not part of the public API. */
export const RETRY = parameters({ used: 'for_stripecli webhook_endpoint' });
