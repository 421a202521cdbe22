/** What an application may do for somebody who connected it, as asked for at the authorization endpoint. */
export const SCOPES = [
  'chapters:read',
  'profile:read',
  'subscription:read',
  'subscription:write',
  'operator',
] as const;
export type Scope = (typeof SCOPES)[number];

/** In the words of the consent page and of the OpenAPI documents. */
export const SCOPE_MEANINGS = {
  'chapters:read': 'Read the course with you, quiz you and keep your progress',
  'profile:read': 'See your name and e-mail address',
  'subscription:read': 'See whether you have premium',
  'subscription:write': 'Make payment links, and cancel or resume your subscription when you ask for it',
  operator: 'Look into and repair accounts as an operator',
} as const satisfies Record<Scope, string>;
