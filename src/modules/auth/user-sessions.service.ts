import { Injectable } from '@nestjs/common';
import type { RevokeReason } from './persistence/session.entity';
import { RecentSignInRequiredError } from './auth.errors';
import { SessionsRepository, type UserSessionRow } from './persistence/sessions.repository';

const RECENT_MINUTES = 5;

export type UserSession = UserSessionRow;

/** The sessions of a user, of every kind: through the API, in browsers and of connected applications. */
@Injectable()
export class UserSessionsService {
  constructor(private readonly sessions: SessionsRepository) {}

  /** Browsers and the API, without connected applications. Newest first. */
  list(userId: string): Promise<UserSession[]> {
    return this.sessions.listOfUser(userId);
  }

  /** Joins an open transaction. */
  async isActive(sessionId: string, userId: string): Promise<boolean> {
    return (await this.sessions.findActiveRole(sessionId, userId)) !== undefined;
  }

  /** Throws `recent_sign_in_required` for a session that was opened more than five minutes ago. */
  async requireRecent(sessionId: string): Promise<void> {
    if (!(await this.sessions.isRecent(sessionId, RECENT_MINUTES))) throw new RecentSignInRequiredError();
  }

  /** Changes nothing when the session is unknown or another user's. */
  revokeOfUser(userId: string, sessionId: string): Promise<void> {
    return this.sessions.revokeOfUser(userId, sessionId);
  }

  /** All of them but `keptSessionId`, if one is given. Joins an open transaction. */
  revokeAllOfUser(userId: string, reason: RevokeReason, keptSessionId?: string): Promise<void> {
    return this.sessions.revokeAllOfUser(userId, reason, keptSessionId);
  }
}
