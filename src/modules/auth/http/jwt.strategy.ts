import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import type { Principal } from 'src/common/domain/principal';
import type { SessionRead } from 'src/common/http/decorators/reads-with-session.decorator';
import { AuthConfig } from 'src/config/app-config';
import { accessTokenClaimsSchema, parseKeyId } from 'src/modules/auth/access-token-claims';
import { CallersService } from 'src/modules/auth/callers.service';
import { SigningKeys } from 'src/modules/auth/signing-keys';
import { VerifiedTokens } from 'src/modules/auth/verified-tokens';

/** Set by the guard before it verifies a token. */
export interface RequestWithReads {
  readonly headers: { readonly authorization?: string };
  sessionReads?: readonly SessionRead<unknown>[];
}

export const extractToken = ExtractJwt.fromAuthHeaderAsBearerToken() as (
  request: RequestWithReads,
) => string | null;

/** Accepts ES256 access tokens of ours whose session is alive, and remembers the claims of a verified token. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    keys: SigningKeys,
    config: AuthConfig,
    private readonly callers: CallersService,
    private readonly tokens: VerifiedTokens,
  ) {
    super({
      jwtFromRequest: extractToken,
      passReqToCallback: true,
      secretOrKeyProvider: keyProvider(keys),
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.audience,
    });
  }

  /** Undefined refuses; an error (the database is unavailable) stays an error. */
  async validate(request: RequestWithReads, payload: unknown): Promise<Principal | undefined> {
    const claims = accessTokenClaimsSchema.safeParse(payload);
    if (!claims.success) return undefined;
    const token = extractToken(request);
    if (token !== null) this.tokens.remember(token, claims.data);
    return this.callers.find(claims.data, request.sessionReads);
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
