import { Injectable } from '@nestjs/common';
import {
  ApplicationSessionsRepository,
  type ApplicationSessionRow,
  type NewApplicationSession,
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

  /** Notes that the application exchanged a code or a refresh token. */
  markUsed(sessionId: string): Promise<void> {
    return this.applications.markUsed(sessionId);
  }

  /** A code or a refresh token of the session was used again. */
  revokeAfterReuse(sessionId: string): Promise<void> {
    return this.sessions.revoke(sessionId, 'reuse');
  }

  /** All sessions of this application for this user. Repeating is harmless. */
  revokeOfClient(userId: string, clientId: string): Promise<void> {
    return this.applications.revokeOfClient(userId, clientId);
  }
}
