import { z } from 'zod';
import type { EndedSubscription } from 'src/modules/payments/checkout/dead-subscriptions';
import { PLANS } from 'src/modules/payments/domain/subscription';
import type { StoredCheckout } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';

export const checkoutRequestSchema = z.strictObject({
  plan: z.enum(PLANS).default('monthly').describe('How often the subscription renews'),
  promotion_code: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a promotion code')
    .optional()
    .describe('A promotion code the student has'),
  success_url: z
    .url()
    .max(2000)
    .optional()
    .describe('Where the page after a payment links to; allow-listed origins only'),
  cancel_url: z.url().max(2000).optional().describe('Where the page after a cancelled payment links to'),
});
export type CheckoutRequestBody = z.infer<typeof checkoutRequestSchema>;

export const checkoutResponseSchema = z.object({
  checkout_url: z.string().describe('The payment page at Stripe'),
  session_id: z.string(),
  short_url: z.string().describe('A short link to the same page, for a chat'),
  expires_at: z.iso.datetime(),
  plan: z.enum(PLANS),
  status: z.literal('pending').describe('Nothing is paid yet'),
  ended_subscriptions: z
    .array(
      z.object({
        subscription_id: z.string(),
        status: z.string().describe('What it was before'),
        unpaid_invoices: z.int().min(0).max(1000).describe('Invoices of it that are not collected any more'),
      }),
    )
    .max(100)
    .optional()
    .describe('Subscriptions without access that this request has ended, so that they never charge again'),
});
export type CheckoutResponse = z.infer<typeof checkoutResponseSchema>;

export function toCheckoutResponse(
  checkout: StoredCheckout,
  { shortUrl, ended }: { shortUrl: string; ended: readonly EndedSubscription[] },
): CheckoutResponse {
  return {
    checkout_url: checkout.url,
    session_id: checkout.stripeSessionId,
    short_url: shortUrl,
    expires_at: checkout.expiresAt.toISOString(),
    plan: checkout.plan,
    status: 'pending',
    ended_subscriptions: ended.length === 0 ? undefined : ended.map(toEnded),
  };
}

const toEnded = ({ subscriptionId, status, unpaidInvoices }: EndedSubscription) => ({
  subscription_id: subscriptionId,
  status,
  unpaid_invoices: unpaidInvoices,
});
