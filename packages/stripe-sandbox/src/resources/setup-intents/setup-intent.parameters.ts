import { PAGE, RANGE, parameters } from '../../http/parameters';
import { AUTOMATIC_METHODS } from '../payment-intents/automatic-methods';

export const CREATE = parameters({
  type: 'Stripe.SetupIntentCreateParams',
  used: 'allowed_payment_method_types confirm customer description metadata payment_method return_url usage',
  legacy: 'payment_method_types',
  ignored: 'mandate_data use_stripe_sdk',
  nested: {
    automatic_payment_methods: AUTOMATIC_METHODS,
  },
  unsupported: `
    attach_to_self confirmation_token customer_account excluded_payment_method_types flow_directions
    on_behalf_of payment_method_configuration payment_method_data payment_method_options single_use
  `,
});

export const UPDATE = parameters({
  type: 'Stripe.SetupIntentUpdateParams',
  used: 'customer description metadata payment_method',
  unsupported: `
    allowed_payment_method_types attach_to_self customer_account excluded_payment_method_types
    flow_directions payment_method_configuration payment_method_data payment_method_options
  `,
});

export const LIST = parameters({
  type: 'Stripe.SetupIntentListParams',
  used: `customer payment_method ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'attach_to_self customer_account',
});

export const CONFIRM = parameters({
  type: 'Stripe.SetupIntentConfirmParams',
  used: 'payment_method return_url',
  ignored: 'mandate_data use_stripe_sdk',
  unsupported: 'allowed_payment_method_types confirmation_token payment_method_data payment_method_options',
});

export const CANCEL = parameters({
  type: 'Stripe.SetupIntentCancelParams',
  used: 'cancellation_reason',
});
