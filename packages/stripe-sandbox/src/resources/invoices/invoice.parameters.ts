import { PAGE, RANGE, parameters } from '../../http/parameters';

export const LIST = parameters({
  type: 'Stripe.InvoiceListParams',
  used: `collection_method customer status subscription ${PAGE}`,
  nested: {
    created: RANGE,
  },
  unsupported: 'customer_account due_date',
});

export const LINES = parameters({
  type: 'Stripe.InvoiceListLineItemsParams',
  used: PAGE,
});

export const FINALIZE = parameters({
  type: 'Stripe.InvoiceFinalizeInvoiceParams',
  used: 'auto_advance',
});

export const PAY = parameters({
  type: 'Stripe.InvoicePayParams',
  used: 'off_session paid_out_of_band payment_method',
  unsupported: 'forgive mandate source',
});

export const VOID = parameters({
  type: 'Stripe.InvoiceVoidInvoiceParams',
});

export const PAYMENTS = parameters({
  type: 'Stripe.InvoicePaymentListParams',
  used: `invoice status ${PAGE}`,
  nested: {
    created: RANGE,
    payment: parameters({
      used: 'payment_intent',
      only: { type: 'payment_intent' },
      unsupported: 'payment_record',
    }),
  },
});
