import { z } from 'zod';
import { ROLES } from 'src/common/domain/principal';
import type { FoundUser } from 'src/modules/operators/user-search.service';
import { accessSchema, searchTextSchema, toAccessResponse } from './operator.schema';

export const usersQuerySchema = z.strictObject({
  q: searchTextSchema.describe(
    'A part of the email address or name, a user id, or an id of Stripe: customer, subscription, session, invoice, payment, refund, dispute or event',
  ),
});
export type UsersQuery = z.infer<typeof usersQuerySchema>;

const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  full_name: z.string(),
  role: z.enum(ROLES),
  stripe_customer_id: z.string().optional(),
  created_at: z.iso.datetime(),
  access: accessSchema,
});
export const usersSchema = z.array(userSchema);
export type OperatorUserResponse = z.infer<typeof userSchema>;

export function toUserResponse({ user, access }: FoundUser): OperatorUserResponse {
  return {
    id: user.id,
    email: user.email,
    full_name: user.fullName,
    role: user.role,
    stripe_customer_id: user.stripeCustomerId ?? undefined,
    created_at: user.createdAt.toISOString(),
    access: toAccessResponse(access),
  };
}
