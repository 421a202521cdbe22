import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { AuthConfig } from 'src/config/app-config';
import { Database } from 'src/database/database';
import { InvalidRefreshTokenError, RefreshTokenReusedError } from './auth.errors';
import { decideRefresh } from './domain/decide-refresh';
import { RefreshTokensRepository, type RefreshTokenRow } from './persistence/refresh-tokens.repository';
import { SessionsRepository, type SessionRow } from './persistence/sessions.repository';
import {
  deriveSuccessor,
  generateRefreshToken,
  generateSuccessorSalt,
  hashRefreshToken,
} from './refresh-token';

/** A session expires after a year, however often it is refreshed (ASVS 10.4.8 asks for an absolute limit). */
const SESSION_DAYS = 365;

export interface Session {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
}

/** Sessions and their rotating refresh tokens. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly tokens: RefreshTokensRepository,
    private readonly config: AuthConfig,
  ) {}

  /** Joins an open transaction. */
  async open(userId: string): Promise<Session> {
    const refreshToken = generateRefreshToken();
    const sessionId = await this.sessions.open({
      userId,
      tokenHash: hashRefreshToken(refreshToken),
      tokenDays: this.config.refreshTokenDays,
      sessionDays: SESSION_DAYS,
    });
    return { sessionId, userId, refreshToken };
  }

  /**
   * Exchanges a refresh token for its successor, once: a retry within a minute, and requests in parallel, get the very
   * same successor, so a family never branches. Throws `refresh_token_reused` after ending the whole session,
   * `invalid_refresh_token` for everything else that cannot be exchanged. Never call it inside a transaction: ending
   * the session must outlive the error.
   */
  async refresh(token: string): Promise<Session> {
    const outcome = await this.database.transaction(() => this.exchange(token));
    if (outcome === 'ended') {
      recordSecurityEvent('refresh_refused');
      throw new InvalidRefreshTokenError();
    }
    if (outcome === 'reused') {
      recordSecurityEvent('token_reused', { reason: 'api' });
      throw new RefreshTokenReusedError();
    }
    return outcome;
  }

  /** Revokes the session and its access tokens immediately. Repeating is harmless. */
  end(sessionId: string): Promise<void> {
    return this.sessions.revoke(sessionId, 'logout');
  }

  /** Like `end`, with any refresh token of the session. Unknown tokens are ignored (RFC 7009, section 2.2). */
  endByToken(token: string): Promise<void> {
    return this.sessions.revokeByToken(hashRefreshToken(token), 'logout');
  }

  private async exchange(token: string): Promise<Session | 'ended' | 'reused'> {
    const tokenHash = hashRefreshToken(token);
    // Locked first: what is read afterwards is what the previous holder of the lock has committed.
    const session = await this.sessions.findLockedByToken(tokenHash);
    const stored = session && (await this.tokens.find(tokenHash));
    if (session === undefined || stored === undefined) return 'ended';
    const decision = decideRefresh(toFacts(session, stored));
    if (decision === 'ended') return 'ended';
    if (decision === 'reused') {
      await this.sessions.revoke(session.id, 'reuse');
      return 'reused';
    }
    const salt = stored.successor_salt ?? generateSuccessorSalt();
    const refreshToken = deriveSuccessor(token, salt);
    if (decision === 'rotate') {
      await this.tokens.rotate({
        sessionId: session.id,
        tokenHash,
        successorHash: hashRefreshToken(refreshToken),
        successorSalt: salt,
        tokenDays: this.config.refreshTokenDays,
      });
    }
    return { sessionId: session.id, userId: session.user_id, refreshToken };
  }
}

const toFacts = (session: SessionRow, token: RefreshTokenRow) => ({
  now: token.now,
  tokenExpiresAt: token.expires_at,
  rotatedAt: token.rotated_at,
  successorUsed: token.rotated_at !== null && token.successor_salt === null,
  sessionExpiresAt: session.expires_at,
  sessionRevokedAt: session.revoked_at,
});
