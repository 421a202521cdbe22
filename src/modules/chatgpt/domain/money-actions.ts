import type { Action } from './action';

/** Plans, the subscription, payments and refunds. */
export const MONEY_ACTIONS: Readonly<Record<string, Action>> = {
  listPlans: {
    summary: 'The premium plans',
    description:
      'Returns the plans for sale with price, currency and interval, and the terms of renewal and cancellation.',
    consequential: false,
  },
  getSubscriptionStatus: {
    summary: 'The subscription of this student',
    description:
      'Returns whether the student has premium now, the state (none, pending, trialing, active, canceling, past_due, ' +
      'expired or revoked), why, until when, and next_action. Premium is only what is_premium says.',
    consequential: false,
  },
  createCheckoutSession: {
    summary: 'Create a payment link for premium',
    description:
      'Returns short_url, a link to the payment page at Stripe, with plan and expiry. Nothing is paid by creating it. ' +
      'Repeating it returns the same open link. An existing subscription is 409 already_subscribed.',
    consequential: true,
    withoutBody: ['success_url', 'cancel_url'],
  },
  cancelSubscription: {
    summary: 'Stop the subscription from renewing',
    description:
      'Ends the subscription at the end of the paid period and returns access_until. Until then premium stays. ' +
      'resumeSubscription undoes it.',
    consequential: true,
  },
  resumeSubscription: {
    summary: 'Undo a scheduled cancellation',
    description:
      'Makes a subscription that was set to end renew again. One that has ended is 409 subscription_ended.',
    consequential: true,
  },
  previewPlanChange: {
    summary: 'What another plan would cost',
    description:
      'Returns quote_id for changePlan, valid for ten minutes, what is due now, the next amount and date, when the plan ' +
      'begins, and message, the offer in words. Changes nothing.',
    consequential: false,
  },
  changePlan: {
    summary: 'Change the plan by a quote',
    description:
      'Changes the plan as the quote says, and charges what is due now. Returns status and message. With payment_required ' +
      'nothing has changed, and payment_url leads to the payment. Repeating it charges nothing more.',
    consequential: true,
  },
  listInvoices: {
    summary: 'Invoices and receipts of this student',
    description:
      'Returns the invoices, newest first, with amounts, status and the links pdf_url, receipt_url and pay_url, which ' +
      'require sign-in, and the next renewal as upcoming.',
    consequential: false,
    parameters: {
      limit: 'Number of invoices, 1 to 50; 10 if left out.',
      cursor: 'next_cursor of the previous page.',
    },
  },
  openBillingPortal: {
    summary: 'Create a link to card and payments',
    description:
      'Returns url, a one-time page where the student signs in to change the card, pay what is owed and see invoices and ' +
      'receipts. Changes nothing by itself. Without any purchase it is 404 no_subscription.',
    consequential: true,
  },
  requestRefund: {
    summary: 'Request a refund of an invoice',
    description:
      'Records a request with the reason in the words of the student. A person decides and answers by email. It refunds ' +
      'nothing by itself. 404 nothing_to_refund without such a paid invoice.',
    consequential: true,
  },
};
