import { z } from 'zod';
import { ROLES } from 'src/common/domain/principal';
import type { FoundUser } from 'src/modules/operators/user-search.service';
import { accessSchema, toAccessResponse } from './operator.schema';

// Without \p{Cc}: Swagger UI checks input with expressions that have no Unicode classes.
const IDENTIFIER =
  /^([^\s\x00-\x1f\x7f-\x9f@]+@[^\s\x00-\x1f\x7f-\x9f@]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|cus_[0-9a-zA-Z_]{1,250})$/i;

export const usersQuerySchema = z.strictObject({
  q: z
    .string()
    .trim()
    .max(320)
    .regex(IDENTIFIER, 'Must be an email address, a user id or a Stripe customer id (cus_...)')
    .describe('The exact email address, user id or Stripe customer id'),
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
