import { z } from 'zod';
import { ACCESS_STATES } from 'src/modules/payments/access/domain/access';
import { nextStepOf } from 'src/modules/payments/access/domain/next-step';
import type { ExplainedAccess } from 'src/modules/payments/access/my-access.service';

// Absent means "does not apply": no member is ever null.

export const myAccessSchema = z.object({
  granted: z.boolean().describe('Whether premium chapters open now'),
  state: z.enum(ACCESS_STATES),
  reason: z.string().describe('Why access is as it is'),
  until: z.iso.datetime().optional().describe('When access ends, or ended, if nothing else happens'),
  subscription_id: z.string().optional().describe('The subscription that decided'),
  grant_id: z.string().optional().describe('The complimentary access that decided'),
  last_change: z
    .object({
      from: z.enum(ACCESS_STATES),
      to: z.enum(ACCESS_STATES),
      reason: z.string(),
      cause: z.string().describe('webhook, sync_request, checkout_return, api or operator'),
      changed_at: z.iso.datetime(),
    })
    .optional()
    .describe('The last recorded change of access'),
  next_action: z.string().describe('The one useful thing to do next'),
  next_operation_id: z.string().optional().describe('The operation that does it'),
  next_url: z.string().optional().describe('A page of this site that does it, signed in'),
});
export type MyAccessResponse = z.infer<typeof myAccessSchema>;

export function toMyAccessResponse(
  { access, lastChange: last }: ExplainedAccess,
  publicUrl: string,
): MyAccessResponse {
  return {
    granted: access.granted,
    state: access.state,
    reason: access.reason,
    until: access.until?.toISOString(),
    subscription_id: access.subscriptionId ?? undefined,
    grant_id: access.grantId ?? undefined,
    last_change: last && {
      from: last.from,
      to: last.to,
      reason: last.reason,
      cause: last.cause.kind,
      changed_at: last.createdAt.toISOString(),
    },
    next_action: access.nextAction,
    ...nextStepOf(access.nextAction, publicUrl),
  };
}
