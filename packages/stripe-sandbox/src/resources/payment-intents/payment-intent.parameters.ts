import { PAGE, RANGE, SHIPPING, parameters } from '../../http/parameters';
import { AUTOMATIC_METHODS } from './automatic-methods';

export const CREATE = parameters({
  type: 'Stripe.PaymentIntentCreateParams',
  used: `
    allowed_payment_method_types amount capture_method confirm currency customer description metadata
    off_session payment_method receipt_email return_url setup_future_usage
  `,
  legacy: 'payment_method_types',
  ignored: `
    mandate_data radar_options statement_descriptor
    statement_descriptor_suffix use_stripe_sdk
  `,
  only: { confirmation_method: 'automatic' },
  legacyOnly: { confirmation_method: 'manual' },
  nested: {
    automatic_payment_methods: AUTOMATIC_METHODS,
    shipping: SHIPPING,
  },
  unsupported: `
    amount_details application_fee_amount confirmation_token customer_account error_on_requires_action
    excluded_payment_method_types hooks mandate on_behalf_of payment_details
    payment_method_configuration payment_method_data payment_method_options transfer_data transfer_group
  `,
});

export const UPDATE = parameters({
  type: 'Stripe.PaymentIntentUpdateParams',
  used: 'amount currency customer description metadata payment_method receipt_email setup_future_usage',
  ignored: 'statement_descriptor statement_descriptor_suffix',
  nested: {
    shipping: SHIPPING,
  },
  unsupported: `
    allowed_payment_method_types amount_details application_fee_amount capture_method customer_account
    excluded_payment_method_types hooks payment_details payment_method_configuration payment_method_data
    payment_method_options transfer_data transfer_group
  `,
});

export const LIST = parameters({
  type: 'Stripe.PaymentIntentListParams',
  used: `customer ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'customer_account',
});

export const CONFIRM = parameters({
  type: 'Stripe.PaymentIntentConfirmParams',
  used: 'off_session payment_method receipt_email return_url setup_future_usage',
  legacy: 'payment_method_types',
  ignored: 'mandate_data radar_options use_stripe_sdk',
  nested: {
    shipping: SHIPPING,
  },
  unsupported: `
    allowed_payment_method_types amount_details amount_to_confirm capture_method confirmation_token
    error_on_requires_action excluded_payment_method_types hooks mandate payment_details
    payment_method_data payment_method_options
  `,
});

export const CAPTURE = parameters({
  type: 'Stripe.PaymentIntentCaptureParams',
  used: 'metadata',
  ignored: 'statement_descriptor statement_descriptor_suffix',
  unsupported: `
    amount_details amount_to_capture application_fee_amount final_capture hooks payment_details
    transfer_data
  `,
});

export const CANCEL = parameters({
  type: 'Stripe.PaymentIntentCancelParams',
  used: 'cancellation_reason',
});
