import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { describeDevice } from 'src/modules/auth/domain/describe-device';
import { BrowserSessionsRepository } from 'src/modules/auth/persistence/browser-sessions.repository';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';

/** A sign-in on our pages ends after this many days, used or not (ASVS 7.3.2). */
export const BROWSER_SESSION_DAYS = 14;

/** The session of this browser on our pages. */
export interface BrowserSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly openedAt: Date;
}

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Sessions on our own pages. What the cookie holds is a random secret; the database keeps its hash. */
@Injectable()
export class BrowserSessionsService {
  constructor(
    private readonly browsers: BrowserSessionsRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** Returns the cookie's value. A new one for every session, so that none can be planted beforehand. Joins a transaction. */
  async open(userId: string, userAgent: string | undefined): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const device = describeDevice(userAgent);
    await this.browsers.open({ userId, cookieHash: hash(secret), device, days: BROWSER_SESSION_DAYS });
    return secret;
  }

  /** Undefined without an active session. */
  async find(secret: string | undefined): Promise<BrowserSession | undefined> {
    if (secret === undefined) return undefined;
    const row = await this.browsers.findActive(hash(secret));
    return row && { sessionId: row.id, userId: row.user_id, openedAt: row.created_at };
  }

  /** Signs out. Repeating is harmless. */
  end(sessionId: string): Promise<void> {
    return this.sessions.revoke(sessionId, 'logout');
  }
}
