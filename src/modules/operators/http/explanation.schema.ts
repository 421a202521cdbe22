import { z } from 'zod';
import { ACCESS_STATES, PLANS } from 'src/modules/payments';
import { accessSchema } from './operator.schema';

const time = z.iso.datetime();

export const grantSchema = z.object({
  id: z.uuid(),
  reason: z.string(),
  starts_at: time,
  ends_at: time.optional().describe('Absent when the grant lasts until it is revoked'),
  granted_by: z.uuid().describe("The operator's user id"),
  created_at: time,
  revoked_at: time.optional(),
});
export type GrantResponse = z.infer<typeof grantSchema>;

const subscriptionSchema = z.object({
  id: z.string(),
  customer_id: z.string(),
  status: z.string().describe("Stripe's status, as of the last sync"),
  plan: z.enum(PLANS).optional(),
  current_period_start: time,
  current_period_end: time,
  trial_end: time.optional(),
  cancel_at: time.optional(),
  ended_at: time.optional(),
  past_due_since: time.optional(),
  created_at: time,
  latest_invoice: z
    .object({
      id: z.string(),
      status: z.string(),
      amount_due: z.number().int().describe('Minor units'),
      billing_reason: z.string(),
      created_at: time,
    })
    .optional(),
});
export type SubscriptionResponse = z.infer<typeof subscriptionSchema>;

export const causeSchema = z.object({
  kind: z.string().describe('webhook, sync_request, checkout_return, api or operator'),
  id: z.string().describe("Event id, customer id, Checkout Session id, request id or the operator's user id"),
  webhook_event_id: z.number().int().optional().describe('The inbox row: see getWebhookEvent'),
});

const factsSchema = z.object({
  customers: z.array(
    z.object({
      id: z.string(),
      current: z.boolean(),
      last_synced_at: time.optional(),
      sync_failures: z.number().int(),
    }),
  ),
  subscriptions: z.array(subscriptionSchema),
  refunds: z.array(
    z.object({
      id: z.string(),
      invoice_id: z.string(),
      amount: z.number().int().describe('Minor units'),
      full: z.boolean(),
      created_at: time,
    }),
  ),
  disputes: z.array(
    z.object({ id: z.string(), invoice_id: z.string(), status: z.string(), created_at: time }),
  ),
  grants: z.array(grantSchema),
  latest_checkout: z
    .object({
      session_id: z.string(),
      plan: z.enum(PLANS),
      status: z.enum(['open', 'complete', 'expired']),
      payment_status: z.string(),
      created_at: time,
      expires_at: time,
    })
    .optional(),
  unfinished_events: z
    .object({ pending: z.number().int(), dead: z.number().int() })
    .describe('Events of these customers that are pending, and that are dead and need an operator'),
});

export const explanationSchema = z.object({
  user_id: z.uuid(),
  decided_at: time.describe('Business time of the decision'),
  access: accessSchema.extend({
    subscription_id: z.string().optional().describe('The subscription that determined the decision'),
    next_action: z.string().describe('The next step that the student is told'),
    stale: z.boolean().describe('The facts look outdated; a sync has been requested'),
  }),
  facts: factsSchema,
  last_transition: z
    .object({
      from: z.enum(ACCESS_STATES),
      to: z.enum(ACCESS_STATES),
      granted: z.boolean(),
      reason: z.string(),
      until: time.optional(),
      subscription_id: z.string().optional(),
      cause: causeSchema,
      created_at: time,
    })
    .optional(),
});
export type ExplanationResponse = z.infer<typeof explanationSchema>;
