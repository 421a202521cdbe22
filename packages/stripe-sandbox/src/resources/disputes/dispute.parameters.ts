import { PAGE, RANGE, parameters } from '../../http/parameters';

export const UPDATE = parameters({
  type: 'Stripe.DisputeUpdateParams',
  used: 'metadata submit',
  nested: {
    evidence: parameters({
      used: `
        access_activity_log appeal billing_address cancellation_policy cancellation_policy_disclosure
        cancellation_rebuttal customer_communication customer_email_address customer_name
        customer_purchase_ip customer_signature duplicate_charge_documentation
        duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy
        refund_policy_disclosure refund_refusal_explanation service_date service_documentation
        shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number
        uncategorized_file uncategorized_text
      `,
      unsupported: 'enhanced_evidence',
    }),
  },
  unsupported: 'intended_submission_method',
});

export const LIST = parameters({
  type: 'Stripe.DisputeListParams',
  used: `charge payment_intent ${PAGE}`,
  nested: {
    created: RANGE,
  },
});

export const CLOSE = parameters({
  type: 'Stripe.DisputeCloseParams',
});
