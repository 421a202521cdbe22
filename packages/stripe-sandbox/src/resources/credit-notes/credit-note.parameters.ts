import { PAGE, RANGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.CreditNoteCreateParams',
  used: 'amount credit_amount invoice memo metadata out_of_band_amount reason refund_amount',
  ignored: 'email_type',
  nested: {
    lines: parameters({
      used: 'amount description invoice_line_item quantity type unit_amount',
      unsupported: 'metadata tax_amounts tax_rates unit_amount_decimal',
    }),
  },
  unsupported: 'effective_at refunds shipping_cost',
});

export const UPDATE = parameters({
  type: 'Stripe.CreditNoteUpdateParams',
  used: 'memo metadata',
});

export const LIST = parameters({
  type: 'Stripe.CreditNoteListParams',
  used: `customer invoice ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'customer_account',
});

export const VOID = parameters({
  type: 'Stripe.CreditNoteVoidCreditNoteParams',
});
