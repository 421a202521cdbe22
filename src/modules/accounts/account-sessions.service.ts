import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { Database } from 'src/database/database';
import { UserSessionsService, type UserSession } from 'src/modules/auth';
import { CredentialsService } from './credentials.service';

/** The sessions that a user opened with the password: browsers and the API, without connected applications. */
@Injectable()
export class AccountSessionsService {
  constructor(
    private readonly database: Database,
    private readonly sessions: UserSessionsService,
    private readonly credentials: CredentialsService,
  ) {}

  /** Newest first. */
  list(userId: string): Promise<UserSession[]> {
    return this.sessions.list(userId);
  }

  /** Revokes one session of this user. Ids of other users and unknown ids change nothing. */
  revoke(userId: string, sessionId: string): Promise<void> {
    return this.sessions.revokeOfUser(userId, sessionId);
  }

  /**
   * Whether this session of the user is active; until the open transaction ends, no change of the password and no
   * `revokeOthers` overtakes what is done because of it.
   */
  async lockActive(userId: string, sessionId: string): Promise<boolean> {
    await this.credentials.lock(userId);
    return this.sessions.isActive(sessionId, userId);
  }

  /** Revokes every other session and every connection of the user, including a consent that is in progress. */
  async revokeOthers(userId: string, keptSessionId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.credentials.lock(userId);
      await this.sessions.revokeAllOfUser(userId, 'ended_by_user', keptSessionId);
    });
    recordSecurityEvent('sessions_revoked', { user_id: userId });
  }
}
