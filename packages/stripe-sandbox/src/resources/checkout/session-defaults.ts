import type Stripe from 'stripe';

/** The fields of a new session that no caller decides. */
const DEFAULTS = {
  object: 'checkout.session' as const,
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: null,
  client_reference_id: null,
  client_secret: null,
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  customer_details: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  locale: null,
  managed_payments: null,
  metadata: {},
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' as const } },
  payment_method_types: ['card'],
  payment_status: 'unpaid' as const,
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open' as const,
  submit_type: null,
  subscription: null,
  success_url: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page' as const,
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>;

/** A copy for each session, so that none shares a list with another. */
export function sessionDefaults(): typeof DEFAULTS {
  return structuredClone(DEFAULTS);
}

const NO_INVOICE: Stripe.Checkout.Session['invoice_creation'] = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

const SAVED_METHODS: Stripe.Checkout.Session['saved_payment_method_options'] = {
  allow_redisplay_filters: ['always'],
  payment_method_remove: 'disabled',
  payment_method_save: null,
};

/** The fields whose usual value depends on the mode. */
export function modeDefaults(
  mode: Stripe.Checkout.Session.Mode,
): Pick<
  Stripe.Checkout.Session,
  'invoice_creation' | 'payment_method_collection' | 'saved_payment_method_options'
> {
  return {
    invoice_creation: mode === 'payment' ? structuredClone(NO_INVOICE) : null,
    payment_method_collection: mode === 'payment' ? 'if_required' : 'always',
    saved_payment_method_options: mode === 'setup' ? null : structuredClone(SAVED_METHODS),
  };
}
