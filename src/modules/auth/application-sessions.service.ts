import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import {
  ApplicationSessionsRepository,
  type ApplicationOwner,
  type ApplicationSessionRow,
  type NewApplicationSession,
  type SessionLimits,
} from './persistence/application-sessions.repository';
import { SessionsRepository } from './persistence/sessions.repository';

export type ApplicationSession = ApplicationSessionRow;

/** Sessions of connected applications. Access tokens of an application count only while its session is active. */
@Injectable()
export class ApplicationSessionsService {
  constructor(
    private readonly applications: ApplicationSessionsRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** Returns the id of the session. Joins an open transaction. */
  open(session: NewApplicationSession): Promise<string> {
    return this.applications.open(session);
  }

  /** Each application once, however often it was connected. */
  list(userId: string): Promise<ApplicationSession[]> {
    return this.applications.listOfUser(userId);
  }

  isActive(sessionId: string): Promise<boolean> {
    return this.applications.isActive(sessionId);
  }

  /** Whether it is active and belongs to this user and application. */
  isActiveOf(sessionId: string, owner: ApplicationOwner): Promise<boolean> {
    return this.applications.isActiveOf(sessionId, owner);
  }

  /** The most recent active session of this application for this user. */
  findNewest(userId: string, clientId: string): Promise<string | undefined> {
    return this.applications.findNewest(userId, clientId);
  }

  /** Exchanges of its refresh tokens wait for each other until the open transaction ends. */
  lock(sessionId: string): Promise<SessionLimits | undefined> {
    return this.applications.lock(sessionId);
  }

  /** Notes that the application exchanged a code or a refresh token. */
  markUsed(sessionId: string): Promise<void> {
    return this.applications.markUsed(sessionId);
  }

  /** A code or a refresh token of the session was used again. */
  async revokeAfterReuse(sessionId: string): Promise<void> {
    await this.sessions.revoke(sessionId, 'reuse');
    recordSecurityEvent('token_reused', { session_id: sessionId, reason: 'application' });
  }

  /** All sessions of this application for this user. Repeating is harmless. */
  revokeOfClient(userId: string, clientId: string): Promise<void> {
    return this.applications.revokeOfClient(userId, clientId);
  }
}
