import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { CredentialsService } from './credentials.service';
import { UserSessionsService, type UserSession } from 'src/modules/auth';

/** Where a user is signed in with their own password: browsers and the API, but not applications they connected. */
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

  /** Ends one of this user's sign-ins; ids of others, and unknown ones, change nothing. */
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

  /** Ends every sign-in and every connection of the user but this one; a consent that is under way does not slip past. */
  revokeOthers(userId: string, keptSessionId: string): Promise<void> {
    return this.database.transaction(async () => {
      await this.credentials.lock(userId);
      await this.sessions.revokeAllOfUser(userId, 'ended_by_user', keptSessionId);
    });
  }
}
