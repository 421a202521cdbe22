import type { Scope } from './scopes';

export const ROLES = ['student', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** The caller that the access token identifies. It has no tier: access is read per request, never from a token. */
export interface Principal {
  readonly userId: string;
  readonly role: Role;
  /** The session of the token. */
  readonly sessionId: string;
  /** Scopes of the connected application; absent for the user's own session, which has no restriction. */
  readonly scopes?: readonly Scope[] | undefined;
  /** What the route reads with the session, by name, as JSON. Of this request only. */
  readonly facts?: Readonly<Record<string, unknown>>;
}
