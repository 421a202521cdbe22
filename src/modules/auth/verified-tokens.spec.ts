import { randomUUID } from 'node:crypto';
import type { AccessTokenClaims } from './access-token-claims';
import { VerifiedTokens } from './verified-tokens';

const SECONDS = () => Math.floor(Date.now() / 1000);
const claims = (exp: number): AccessTokenClaims => ({
  sub: randomUUID(),
  sid: randomUUID(),
  jti: 'jti',
  exp,
});

describe('VerifiedTokens', () => {
  it('returns the claims of a token that was verified', () => {
    const tokens = new VerifiedTokens();
    const known = claims(SECONDS() + 60);
    tokens.remember('a.b.c', known);

    expect(tokens.find('a.b.c')).toBe(known);
    expect(tokens.find('a.b.d')).toBeUndefined();
  });

  it('forgets a token when it expires', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a.b.c', claims(SECONDS() - 1));

    expect(tokens.find('a.b.c')).toBeUndefined();
    expect(tokens.size).toBe(0);
  });

  it('never holds more than ten thousand tokens, and forgets the oldest', () => {
    const tokens = new VerifiedTokens();
    const known = claims(SECONDS() + 60);
    for (let n = 0; n < 10_005; n++) tokens.remember(`token-${n}`, known);

    expect(tokens.size).toBe(10_000);
    expect(tokens.find('token-4')).toBeUndefined();
    expect(tokens.find('token-5')).toBe(known);
  });
});
