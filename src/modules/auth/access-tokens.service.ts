import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Principal } from 'src/common/domain/principal';
import { AuthConfig } from 'src/config/app-config';
import { ACCESS_TOKEN_TYPE } from './access-token-claims';
import { SigningKeys } from './signing-keys';

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Issues JWT access tokens in the profile of RFC 9068, signed with ES256. Real time, never the business clock. */
@Injectable()
export class AccessTokensService {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly config: AuthConfig,
  ) {}

  issue({ userId, role, sessionId }: Principal): AccessToken {
    const { kid, privateKey } = this.keys.current;
    const token = this.jwt.sign(
      { sid: sessionId, role },
      {
        privateKey,
        algorithm: 'ES256',
        header: { alg: 'ES256', typ: ACCESS_TOKEN_TYPE, kid },
        issuer: this.config.issuer,
        audience: this.config.audience,
        subject: userId,
        jwtid: randomUUID(),
        expiresIn: this.config.accessTokenSeconds,
      },
    );
    return { token, expiresInSeconds: this.config.accessTokenSeconds };
  }
}
