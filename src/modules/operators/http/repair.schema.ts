import { z } from 'zod';
import type { GrantOutcome } from 'src/modules/operators/access-grants.service';
import type { UserSync } from 'src/modules/operators/user-sync.service';
import { grantSchema } from './explanation.schema';
import { toGrantResponse } from './explanation.view';
import { accessSchema, reasonSchema, toAccessResponse } from './operator.schema';

export const userSyncSchema = z.object({
  customer_ids: z.array(z.string()).describe('Customers that were fetched from Stripe'),
  before: accessSchema,
  after: accessSchema,
});
export type UserSyncResponse = z.infer<typeof userSyncSchema>;

export function toUserSyncResponse({ customerIds, before, after }: UserSync): UserSyncResponse {
  return {
    customer_ids: [...customerIds],
    before: toAccessResponse(before),
    after: toAccessResponse(after),
  };
}

export const grantBodySchema = z.strictObject({
  reason: reasonSchema,
  ends_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('When the grant ends by itself; absent when it lasts until it is revoked'),
});
export type GrantBody = z.infer<typeof grantBodySchema>;

export const grantOutcomeSchema = z.object({
  grant: grantSchema,
  access: accessSchema.describe('The access decision after the change'),
});
export type GrantOutcomeResponse = z.infer<typeof grantOutcomeSchema>;

export function toGrantOutcomeResponse({ grant, access }: GrantOutcome): GrantOutcomeResponse {
  return { grant: toGrantResponse(grant), access: toAccessResponse(access) };
}
