import { PAGE, RANGE, SHIPPING, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.Checkout.SessionCreateParams',
  used: `
    allow_promotion_codes allowed_payment_method_types cancel_url client_reference_id currency customer
    customer_creation customer_email expires_at locale metadata mode success_url
  `,
  legacy: 'payment_method_types',
  legacyOnly: { ui_mode: 'hosted' },
  ignored: `
    billing_address_collection branding_settings custom_text
    saved_payment_method_options submit_type wallet_options
  `,
  only: { payment_method_collection: 'always if_required', ui_mode: 'hosted_page' },
  nested: {
    adaptive_pricing: parameters({
      only: { enabled: 'false' },
    }),
    automatic_tax: parameters({
      used: 'enabled',
      unsupported: 'liability',
    }),
    customer_update: parameters({
      only: { name: 'auto never', address: 'auto never', shipping: 'never' },
    }),
    discounts: parameters({
      used: 'coupon promotion_code',
    }),
    invoice_creation: parameters({
      only: { enabled: 'false' },
      unsupported: 'invoice_data',
    }),
    line_items: parameters({
      used: 'price quantity',
      nested: {
        price_data: parameters({
          used: 'currency product unit_amount unit_amount_decimal',
          nested: {
            product_data: parameters({
              used: 'description images metadata name unit_label',
              unsupported: 'tax_code tax_details',
            }),
            recurring: parameters({
              used: 'interval interval_count',
            }),
          },
          unsupported: 'tax_behavior',
        }),
      },
      unsupported: 'adjustable_quantity metadata tax_rates',
    }),
    payment_intent_data: parameters({
      used: 'description metadata setup_future_usage',
      ignored: 'receipt_email statement_descriptor statement_descriptor_suffix',
      nested: { shipping: SHIPPING },
      unsupported: `
        application_fee_amount capture_method on_behalf_of transfer_data transfer_group
      `,
    }),
    phone_number_collection: parameters({
      only: { enabled: 'false' },
    }),
    setup_intent_data: parameters({
      used: 'description metadata',
      unsupported: 'on_behalf_of',
    }),
    subscription_data: parameters({
      used: 'description metadata trial_end trial_period_days',
      nested: {
        billing_mode: parameters({
          only: { type: 'flexible' },
          unsupported: 'flexible',
        }),
        trial_settings: parameters({
          nested: {
            end_behavior: parameters({
              used: 'missing_payment_method',
            }),
          },
        }),
      },
      unsupported: `
        application_fee_percent billing_cycle_anchor billing_cycle_anchor_config default_tax_rates
        invoice_settings on_behalf_of pending_invoice_item_interval proration_behavior transfer_data
      `,
    }),
    tax_id_collection: parameters({
      used: 'enabled',
      unsupported: 'required',
    }),
  },
  unsupported: `
    after_expiration consent_collection custom_fields customer_account excluded_payment_method_types
    integration_identifier managed_payments name_collection optional_items origin_context
    payment_method_configuration payment_method_data payment_method_options permissions
    redirect_on_completion return_url shipping_address_collection shipping_options
  `,
});

export const UPDATE = parameters({
  type: 'Stripe.Checkout.SessionUpdateParams',
  used: 'metadata',
  unsupported: 'collected_information line_items payment_intent_data shipping_options',
});

export const LIST = parameters({
  type: 'Stripe.Checkout.SessionListParams',
  used: `customer payment_intent status subscription ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'customer_account customer_details payment_link',
});

export const LINES = parameters({
  type: 'Stripe.Checkout.SessionListLineItemsParams',
  used: PAGE,
});

export const EXPIRE = parameters({
  type: 'Stripe.Checkout.SessionExpireParams',
});

/** Pays a session without a browser, as the CLI does; not part of the public API. */
export const CONFIRM_PAGE = parameters({ used: 'expected_amount payment_method' });
