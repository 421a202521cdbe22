import { z } from 'zod';
import { ACCESS_STATES } from 'src/modules/payments/access/domain/access';
import { nextStepOf } from 'src/modules/payments/access/domain/next-step';
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
});
export type SubscriptionStatusResponse = z.infer<typeof subscriptionStatusSchema>;

export const changedSubscriptionSchema = z.object({
  subscription_id: z.string(),
  status: z.string(),
  cancelled: z.boolean().describe('True when it will not renew'),
  access_until: z.iso.datetime().optional(),
});
export type ChangedSubscriptionResponse = z.infer<typeof changedSubscriptionSchema>;

const iso = (date: Date | null | undefined): string | undefined => date?.toISOString();

export function toStatusResponse(
  { access, subscription }: SubscriptionStatusReport,
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
  };
}

export function toChangedResponse({
  subscription,
  accessUntil,
}: ChangedSubscription): ChangedSubscriptionResponse {
  return {
    subscription_id: subscription.id,
    status: subscription.status,
    cancelled: subscription.cancelAt !== null,
    access_until: iso(accessUntil),
  };
}
