import { z } from 'zod';
import { ACCESS_STATES } from 'src/modules/payments/access/domain/access';
import { nextStepOf } from 'src/modules/payments/access/domain/next-step';
import { CANCELLATION_REASONS } from 'src/modules/payments/stripe/stripe-subscriptions';
import { FURTHER_CHARGES } from 'src/modules/payments/subscriptions/domain/decide-cancel';
import { isOver, describeChange } from 'src/modules/payments/subscriptions/domain/describe-change';
import { adviceOn } from 'src/modules/payments/checkout/domain/decline';
import type { StoredCheckout } from 'src/modules/payments/checkout/persistence/checkout-sessions.repository';
import { PLANS } from 'src/modules/payments/domain/subscription';
import type { SubscriptionStatusReport } from 'src/modules/payments/subscriptions/subscription-status.service';
import type { ChangedSubscription } from 'src/modules/payments/subscriptions/subscriptions.service';

// Absent means "does not apply": ChatGPT's documents do not know null.

export const subscriptionStatusSchema = z.object({
  is_premium: z.boolean(),
  subscription_status: z.string().describe("Stripe's status of the subscription that decides, or none"),
  subscription_id: z.string().optional(),
  current_period_end: z.iso.datetime().optional(),
  plan: z.enum(PLANS).optional(),
  cancel_at: z.iso.datetime().optional().describe('When a scheduled cancellation takes effect'),
  access_until: z.iso.datetime().optional().describe('When access ends, or ended, if nothing else happens'),
  state: z.enum(ACCESS_STATES),
  reason: z.string().describe('Why access is as it is'),
  next_action: z.string().describe('The one useful thing to do next'),
  next_operation_id: z.string().optional().describe('The operation that does it'),
  next_url: z.string().optional().describe('A page of this site that does it, signed in'),
  checkout: z
    .object({
      short_url: z.string().describe('The payment link that is open'),
      plan: z.enum(PLANS),
      expires_at: z.iso.datetime(),
      last_decline: z
        .object({
          code: z.string().describe("The bank's reason"),
          advice: z.string().describe('What the student can do, in a sentence'),
          at: z.iso.datetime(),
        })
        .optional()
        .describe('The last attempt on that link, when the bank declined it'),
    })
    .optional()
    .describe('Present while a payment link is open and premium is not'),
});
export type SubscriptionStatusResponse = z.infer<typeof subscriptionStatusSchema>;

export const cancelRequestSchema = z
  .strictObject({
    when: z
      .enum(['period_end', 'now'])
      .default('period_end')
      .describe('now also ends the access that is paid for; nothing is refunded'),
    reason: z.enum(CANCELLATION_REASONS).optional().describe('Why, if the student says so'),
    comment: z.string().trim().min(1).max(500).optional().describe('In the words of the student'),
  })
  .default({ when: 'period_end' });
export type CancelRequestBody = z.infer<typeof cancelRequestSchema>;

export const changedSubscriptionSchema = z.object({
  subscription_id: z.string(),
  status: z.string(),
  cancelled: z.boolean().describe('True when it will not renew'),
  access_until: z.iso.datetime().optional(),
  further_charges: z
    .enum(FURTHER_CHARGES)
    .optional()
    .describe('After a cancellation: none, or a payment that is already on its way and may still arrive'),
  next_charge: z
    .object({ amount_minor: z.int(), currency: z.string(), charged_at: z.iso.datetime() })
    .optional()
    .describe('After a resume: what the next renewal charges'),
  message: z.string().describe('What happened, for the student'),
});
export type ChangedSubscriptionResponse = z.infer<typeof changedSubscriptionSchema>;

const iso = (date: Date | null | undefined): string | undefined => date?.toISOString();

export function toStatusResponse(
  { access, subscription, checkout }: SubscriptionStatusReport,
  publicUrl: string,
): SubscriptionStatusResponse {
  return {
    is_premium: access.granted,
    subscription_status: subscription?.status ?? 'none',
    subscription_id: subscription?.id,
    current_period_end: iso(subscription?.currentPeriodEnd),
    plan: subscription?.plan ?? undefined,
    cancel_at: iso(subscription?.cancelAt),
    access_until: iso(access.until),
    state: access.state,
    reason: access.reason,
    next_action: access.nextAction,
    ...nextStepOf(access.nextAction, publicUrl),
    checkout: checkout && toOpenCheckout(checkout, `${publicUrl}/c/${checkout.shortCode}`),
  };
}

function toOpenCheckout(checkout: StoredCheckout, shortUrl: string): SubscriptionStatusResponse['checkout'] {
  const { plan, expiresAt, declineCode, declinedAt } = checkout;
  return {
    short_url: shortUrl,
    plan,
    expires_at: expiresAt.toISOString(),
    ...(declineCode === null || declinedAt === null
      ? {}
      : {
          last_decline: {
            code: declineCode,
            advice: adviceOn(declineCode),
            at: declinedAt.toISOString(),
          },
        }),
  };
}

export function toChangedResponse({
  subscription,
  accessUntil,
  charges,
  renewal,
}: ChangedSubscription): ChangedSubscriptionResponse {
  return {
    subscription_id: subscription.id,
    status: subscription.status,
    cancelled: subscription.cancelAt !== null || isOver(subscription.status),
    access_until: iso(accessUntil),
    further_charges: charges,
    next_charge: renewal && {
      amount_minor: renewal.amountMinor,
      currency: renewal.currency,
      charged_at: renewal.at.toISOString(),
    },
    message: describeChange({
      subscription,
      accessUntil,
      renewal,
      ...(charges === undefined ? {} : { charges }),
    }),
  };
}
