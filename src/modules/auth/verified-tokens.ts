import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccessTokenClaims } from './access-token-claims';

/** About 2 MB. ChatGPT uses one token of a student for an hour. */
const MAX_TOKENS = 10_000;

/**
 * The claims of tokens whose signature has been verified, until they expire: verifying ES256 again costs more than reading
 * the session. Keyed by hash, so that no token stays in memory. The session is read for every request all the same.
 */
@Injectable()
export class VerifiedTokens {
  private readonly claims = new Map<string, AccessTokenClaims>();

  find(token: string): AccessTokenClaims | undefined {
    const key = keyOf(token);
    const claims = this.claims.get(key);
    if (claims === undefined || claims.exp * 1000 > Date.now()) return claims;
    this.claims.delete(key);
    return undefined;
  }

  /** Forgets the oldest when there are too many. */
  remember(token: string, claims: AccessTokenClaims): void {
    const [oldest] = this.claims.keys();
    if (this.claims.size >= MAX_TOKENS && oldest !== undefined) this.claims.delete(oldest);
    this.claims.set(keyOf(token), claims);
  }

  get size(): number {
    return this.claims.size;
  }
}

const keyOf = (token: string): string => hash('sha256', token, 'base64');
