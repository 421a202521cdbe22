import { PAGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.SubscriptionItemCreateParams',
  used: 'metadata payment_behavior price proration_behavior proration_date quantity subscription',
  unsupported: 'billing_thresholds current_trial discounts plan price_data tax_rates',
});

export const UPDATE = parameters({
  type: 'Stripe.SubscriptionItemUpdateParams',
  used: 'metadata off_session payment_behavior price proration_behavior proration_date quantity',
  unsupported: 'billing_thresholds current_trial discounts plan price_data tax_rates',
});

export const LIST = parameters({
  type: 'Stripe.SubscriptionItemListParams',
  used: `subscription ${PAGE}`,
});

export const DELETE = parameters({
  type: 'Stripe.SubscriptionItemDeleteParams',
  used: 'payment_behavior proration_behavior proration_date',
  unsupported: 'clear_usage',
});
