import { PAGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.WebhookEndpointCreateParams',
  used: 'api_version description enabled_events metadata url',
  only: { connect: 'false' },
});

export const UPDATE = parameters({
  type: 'Stripe.WebhookEndpointUpdateParams',
  used: 'description disabled enabled_events metadata url',
});

export const LIST = parameters({
  type: 'Stripe.WebhookEndpointListParams',
  used: PAGE,
});
