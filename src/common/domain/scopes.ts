/** What a connected application may do, as requested at the authorization endpoint. */
export const SCOPES = [
  'chapters:read',
  'profile:read',
  'subscription:read',
  'subscription:write',
  'operator',
] as const;
export type Scope = (typeof SCOPES)[number];

/** The wording of the consent page and of the OpenAPI documents. */
export const SCOPE_MEANINGS = {
  'chapters:read': 'Read the course with you, quiz you and keep your progress',
  'profile:read': 'See your name and email address',
  'subscription:read': 'See whether you have premium',
  'subscription:write':
    'Create payment links, cancel or resume your subscription, and request refunds when you ask for it',
  operator: 'View and repair accounts as an operator',
} as const satisfies Record<Scope, string>;
