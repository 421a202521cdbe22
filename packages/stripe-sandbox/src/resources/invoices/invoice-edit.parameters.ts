import { parameters } from '../../http/parameters';
import { DISCOUNTS } from '../discounts/discount.parameters';

export const CREATE = parameters({
  type: 'Stripe.InvoiceCreateParams',
  used: `
    auto_advance collection_method currency customer days_until_due default_payment_method description
    due_date footer metadata pending_invoice_items_behavior subscription
  `,
  ignored: 'rendering statement_descriptor',
  nested: {
    automatic_tax: parameters({
      only: { enabled: 'false' },
      unsupported: 'liability',
    }),
    discounts: DISCOUNTS,
  },
  unsupported: `
    account_tax_ids application_fee_amount automatically_finalizes_at custom_fields customer_account
    default_source default_tax_rates effective_at from_invoice issuer number on_behalf_of
    payment_settings shipping_cost shipping_details transfer_data
  `,
});

export const UPDATE = parameters({
  type: 'Stripe.InvoiceUpdateParams',
  used: 'auto_advance default_payment_method description due_date footer metadata',
  ignored: 'rendering statement_descriptor',
  nested: {
    automatic_tax: parameters({
      only: { enabled: 'false' },
      unsupported: 'liability',
    }),
  },
  unsupported: `
    account_tax_ids application_fee_amount automatically_finalizes_at collection_method custom_fields
    days_until_due default_source default_tax_rates discounts effective_at issuer number on_behalf_of
    payment_settings shipping_cost shipping_details transfer_data
  `,
});

export const DELETE = parameters({
  type: 'Stripe.InvoiceDeleteParams',
});

export const SEND = parameters({
  type: 'Stripe.InvoiceSendInvoiceParams',
});

export const MARK_UNCOLLECTIBLE = parameters({
  type: 'Stripe.InvoiceMarkUncollectibleParams',
});
