import { PERIOD, parameters } from '../../http/parameters';
import { DISCOUNTS } from '../discounts/discount.parameters';

export const PREVIEW = parameters({
  type: 'Stripe.InvoiceCreatePreviewParams',
  used: 'customer subscription',
  only: { preview_mode: 'next' },
  nested: {
    automatic_tax: parameters({
      only: { enabled: 'false' },
      unsupported: 'liability',
    }),
    discounts: DISCOUNTS,
    invoice_items: parameters({
      used: 'amount currency description discountable metadata price quantity unit_amount unit_amount_decimal',
      nested: {
        period: PERIOD,
      },
      unsupported: 'discounts invoiceitem price_data quantity_decimal tax_behavior tax_code tax_rates',
    }),
    subscription_details: parameters({
      used: 'cancel_at_period_end proration_behavior proration_date',
      nested: {
        billing_cycle_anchor: parameters({
          only: { type: 'now unchanged' },
          unsupported: 'timestamp',
        }),
        billing_mode: parameters({
          only: { type: 'flexible' },
          unsupported: 'flexible',
        }),
        items: parameters({
          used: 'deleted id metadata plan price quantity',
          unsupported: 'billing_thresholds clear_usage current_trial discounts price_data tax_rates',
        }),
      },
      unsupported: `
        billing_schedules cancel_at cancel_now default_tax_rates metadata pause resume_at start_date
        trial_end
      `,
    }),
  },
  unsupported: 'currency customer_account customer_details issuer on_behalf_of schedule schedule_details',
});
