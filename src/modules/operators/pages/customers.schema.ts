import { z } from 'zod';
import { TIMELINE_POSITION } from 'src/database/timeline';
import { searchTextSchema } from 'src/modules/operators/http/operator.schema';
import { reasonFormSchema } from './acts.schema';

export const searchQuerySchema = z.object({ q: searchTextSchema });

/** What an act reports on the page that it returns to. A shortened link has none. */
export const NOTICES = {
  synced: 'Synced with Stripe.',
  granted: 'Access is granted.',
  revoked: 'The grant is revoked.',
  canceling: 'The subscription does not renew.',
  ended: 'The subscription has ended.',
  resumed: 'The subscription renews again.',
  refunded: 'The refund is made.',
  'double-resolved': 'That subscription has ended, and its last payment is returned.',
  bound: 'The customer is bound.',
  unbound: 'The customer is unbound.',
  renamed: 'The name is changed.',
  'signed-out': 'Signed out everywhere.',
  emailed: 'The email is on its way.',
} as const;
export type Notice = keyof typeof NOTICES;

export const customerQuerySchema = z.object({
  done: z
    .enum(Object.keys(NOTICES) as [Notice, ...Notice[]])
    .optional()
    .catch(undefined),
  before: z.string().regex(TIMELINE_POSITION).optional().catch(undefined),
});
export type CustomerQuery = z.infer<typeof customerQuerySchema>;

export const grantFormSchema = reasonFormSchema.extend({
  ends_on: z.union([z.literal('').transform(() => undefined), z.iso.date()]).optional(),
});
export type GrantForm = z.infer<typeof grantFormSchema>;
