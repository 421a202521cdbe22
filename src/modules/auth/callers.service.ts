import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/domain/principal';
import type { SessionRead } from 'src/common/http/decorators/reads-with-session.decorator';
import type { AccessTokenClaims } from './access-token-claims';
import { SessionsRepository } from './persistence/sessions.repository';

/**
 * Who is calling, from the claims of a verified token. One indexed read per request: logging out, reuse of a refresh token
 * and a changed role count from the next request on, not when the token runs out.
 */
@Injectable()
export class CallersService {
  constructor(private readonly sessions: SessionsRepository) {}

  /** Undefined when the session is not alive. Throws the outage of the database. */
  async find(
    { sub: userId, sid: sessionId, client_id: clientId, scope = [] }: AccessTokenClaims,
    reads: readonly SessionRead<unknown>[] = [],
  ): Promise<Principal | undefined> {
    const live = await this.sessions.findActiveRole(sessionId, userId, reads);
    // A token of an application is limited even when it lists nothing; only the user's own has no limits.
    const scopes = clientId === undefined ? {} : { scopes: scope };
    return live && { userId, sessionId, ...live, ...scopes };
  }
}
