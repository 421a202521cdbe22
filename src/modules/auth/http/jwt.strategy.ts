import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import type { Principal } from 'src/common/domain/principal';
import { AuthConfig } from 'src/config/app-config';
import { accessTokenClaimsSchema, parseKeyId } from 'src/modules/auth/access-token-claims';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';
import { SigningKeys } from 'src/modules/auth/signing-keys';

/**
 * Accepts ES256 access tokens of ours whose sign-in is alive. One indexed read per request: logging out, reuse of a
 * refresh token and a changed role count from the next request on, not when the token runs out.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    keys: SigningKeys,
    config: AuthConfig,
    private readonly sessions: SessionsRepository,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: keyProvider(keys),
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.audience,
    });
  }

  /** Undefined refuses; an error (the database is unavailable) stays an error. */
  async validate(payload: unknown): Promise<Principal | undefined> {
    const claims = accessTokenClaimsSchema.safeParse(payload);
    if (!claims.success) return undefined;
    const { sub: userId, sid: sessionId, client_id: clientId, scope = [] } = claims.data;
    const live = await this.sessions.findActiveRole(sessionId, userId);
    // A token of an application is limited even when it lists nothing; only the user's own has no limits.
    const scopes = clientId === undefined ? {} : { scopes: scope };
    return live && { userId, sessionId, role: live.role, ...scopes };
  }
}

function keyProvider(keys: SigningKeys): SecretOrKeyProvider {
  return (_request, token: string, done) => {
    const kid = parseKeyId(token);
    const key = kid === undefined ? undefined : keys.findPublicKey(kid);
    if (key === undefined) return done(new Error('not an access token of ours'));
    // jsonwebtoken takes a KeyObject as it is; only the types of passport-jwt do not know it.
    return done(null, key as unknown as Buffer);
  };
}
