import { Injectable } from '@nestjs/common';
import { SessionsRepository, type SignInRow } from './persistence/sessions.repository';

/** Where a user is signed in with their own password: browsers and the API, but not applications they connected. */
@Injectable()
export class SignInsService {
  constructor(private readonly sessions: SessionsRepository) {}

  /** Newest first. */
  list(userId: string): Promise<SignInRow[]> {
    return this.sessions.listSignIns(userId);
  }

  /** Ends one of this user's sign-ins; ids of others, and unknown ones, change nothing. */
  end(userId: string, sessionId: string): Promise<void> {
    return this.sessions.revokeOfUser(userId, sessionId);
  }

  /** Ends every sign-in and every connection of the user but this one. */
  endOthers(userId: string, keptSessionId: string): Promise<void> {
    return this.sessions.revokeAllOfUser(userId, 'ended_by_user', keptSessionId);
  }
}
