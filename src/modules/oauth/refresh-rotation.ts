import { Injectable } from '@nestjs/common';
import { errors } from 'oidc-provider';
import { recordSecurityEvent } from 'src/common/security-log';
import { Database } from 'src/database/database';
import {
  ApplicationSessionsService,
  decideRefresh,
  deriveSuccessor,
  generateSuccessorSalt,
} from 'src/modules/auth';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';

/** Rotation of the refresh tokens of applications, by the same rule as the API's own (`decideRefresh`). */
@Injectable()
export class RefreshRotation {
  constructor(
    private readonly database: Database,
    private readonly payloads: OidcPayloadsRepository,
    private readonly sessions: ApplicationSessionsService,
  ) {}

  /**
   * Consumes a token and returns its successor. A retry within the window, and requests in parallel, get the same
   * successor. Throws `invalid_grant`, after revoking the session when the token was reused.
   */
  async rotate(token: string, grantId: string): Promise<string> {
    const outcome = await this.database.transaction(() => this.exchange(token, grantId));
    if (typeof outcome === 'object') return outcome.successor;
    if (outcome === 'ended') recordSecurityEvent('refresh_refused', { session_id: grantId });
    throw new errors.InvalidGrant(
      outcome === 'reused' ? 'refresh token already used' : 'refresh token has expired',
    );
  }

  private async exchange(id: string, grantId: string): Promise<{ successor: string } | 'ended' | 'reused'> {
    // Locked first: the state read afterwards is what the previous holder of the lock has committed.
    const session = await this.sessions.lock(grantId);
    const token = session && (await this.payloads.findRotation(id));
    if (session === undefined || token === undefined) return 'ended';
    const decision = decideRefresh({
      now: token.now,
      tokenExpiresAt: token.expiresAt,
      rotatedAt: token.rotatedAt,
      successorUsed: token.rotatedAt !== null && token.successorSalt === null,
      sessionExpiresAt: session.expiresAt,
      sessionRevokedAt: session.revokedAt,
    });
    if (decision === 'ended') return 'ended';
    if (decision === 'reused') {
      await this.sessions.revokeAfterReuse(grantId);
      return 'reused';
    }
    const salt = token.successorSalt ?? generateSuccessorSalt();
    if (decision === 'rotate') {
      await this.payloads.rotate({ id, grantId, salt });
      await this.sessions.markUsed(grantId);
    }
    return { successor: deriveSuccessor(id, salt) };
  }
}
