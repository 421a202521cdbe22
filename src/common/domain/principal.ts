import type { Scope } from './scopes';

export const ROLES = ['student', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as proved by the access token. Carries no tier: access is read per request, never from a token. */
export interface Principal {
  readonly userId: string;
  readonly role: Role;
  /** The sign-in this token belongs to. */
  readonly sessionId: string;
  /** What the connected application was allowed to do; absent for the user's own sign-in, which may do everything. */
  readonly scopes?: readonly Scope[] | undefined;
}
