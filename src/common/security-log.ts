import { Logger } from '@nestjs/common';
import { currentRequestId } from './request-context';

/** What a person who investigates an attack searches for (ASVS 5.0, 16.3). docs/limits.md lists their causes. */
export const SECURITY_EVENTS = {
  signed_in: 'info',
  sign_in_failed: 'warning',
  attempts_limited: 'warning',
  requests_limited: 'warning',
  emails_limited: 'warning',
  call_refused: 'warning',
  refresh_refused: 'warning',
  token_reused: 'warning',
  client_refused: 'warning',
  password_changed: 'info',
  email_changed: 'info',
  email_verified: 'info',
  sessions_revoked: 'info',
  application_connected: 'info',
  application_disconnected: 'info',
  client_secret_created: 'info',
  redirect_uris_changed: 'info',
} as const satisfies Record<string, 'info' | 'warning'>;

export type SecurityEvent = keyof typeof SECURITY_EVENTS;

/** Ids and codes only: no address of any kind, no name, no secret. */
export interface SecurityFacts {
  readonly user_id?: string | undefined;
  readonly session_id?: string | undefined;
  readonly client_id?: string | undefined;
  /** Why, as a code: `role`, `scope`, the kind of a limited attempt. */
  readonly reason?: string | undefined;
}

const logger = new Logger('Security');

/** Writes one line. Call it once per event, after the transaction that makes it true. */
export function recordSecurityEvent(event: SecurityEvent, facts: SecurityFacts = {}): void {
  const line = { event, ...facts, request_id: currentRequestId() };
  if (SECURITY_EVENTS[event] === 'warning') logger.warn(line, 'security event');
  else logger.log(line, 'security event');
}
