import { PAGE, parameters } from '../../http/parameters';

/** The same for a new configuration and for a change. */
const CONFIGURATION = {
  business_profile: parameters({
    used: 'headline privacy_policy_url terms_of_service_url',
  }),
  features: parameters({
    nested: {
      customer_update: parameters({
        used: 'allowed_updates enabled',
      }),
      invoice_history: parameters({
        used: 'enabled',
      }),
      payment_method_update: parameters({
        used: 'enabled',
        unsupported: 'payment_method_configuration',
      }),
      subscription_cancel: parameters({
        used: 'enabled mode',
        only: { proration_behavior: 'none' },
        unsupported: 'cancellation_reason',
      }),
      subscription_pause: parameters({
        only: { enabled: 'false' },
        unsupported: 'duration',
      }),
      subscription_update: parameters({
        used: 'default_allowed_updates enabled proration_behavior',
        nested: {
          products: parameters({
            used: 'prices product',
            unsupported: 'adjustable_quantity',
          }),
        },
        unsupported: 'billing_cycle_anchor schedule_at_period_end trial_update_behavior',
      }),
    },
  }),
  login_page: parameters({
    only: { enabled: 'false' },
  }),
};

export const CREATE_CONFIGURATION = parameters({
  type: 'Stripe.BillingPortal.ConfigurationCreateParams',
  used: 'default_return_url metadata name',
  nested: CONFIGURATION,
});

export const UPDATE_CONFIGURATION = parameters({
  type: 'Stripe.BillingPortal.ConfigurationUpdateParams',
  used: 'active default_return_url metadata name',
  nested: CONFIGURATION,
});

export const LIST_CONFIGURATIONS = parameters({
  type: 'Stripe.BillingPortal.ConfigurationListParams',
  used: `active is_default ${PAGE}`,
});

export const CREATE_SESSION = parameters({
  type: 'Stripe.BillingPortal.SessionCreateParams',
  used: 'configuration customer locale return_url',
  nested: {
    flow_data: parameters({
      only: {
        type: `
          payment_method_update subscription_cancel subscription_update subscription_update_confirm
        `,
      },
      nested: {
        after_completion: parameters({
          used: 'type',
          nested: {
            hosted_confirmation: parameters({
              used: 'custom_message',
            }),
            redirect: parameters({
              used: 'return_url',
            }),
          },
        }),
        subscription_cancel: parameters({
          used: 'subscription',
          unsupported: 'retention',
        }),
        subscription_update: parameters({
          used: 'subscription',
        }),
        subscription_update_confirm: parameters({
          used: 'subscription',
          nested: {
            items: parameters({
              used: 'id price',
              only: { quantity: '1' },
            }),
          },
          unsupported: 'discounts',
        }),
      },
      unsupported: 'subscription_pause',
    }),
  },
  unsupported: 'after_expiration customer_account on_behalf_of',
});
