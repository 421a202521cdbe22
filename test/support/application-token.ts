import { JwtService } from '@nestjs/jwt';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Scope } from '../../src/common/domain/scopes';
import { ACCESS_TOKEN_TYPE } from '../../src/modules/auth/access-token-claims';
import { SigningKeys } from '../../src/modules/auth/signing-keys';

/**
 * The access token of an application that this user has connected with these scopes: the claims of the user's own
 * token, signed with the same key, and limited.
 */
export function applicationToken(
  app: NestFastifyApplication,
  userToken: string,
  scopes: readonly Scope[],
): string {
  const jwt = app.get(JwtService, { strict: false });
  const { kid, privateKey } = app.get(SigningKeys, { strict: false }).current;
  return jwt.sign(
    { ...jwt.decode<object>(userToken), client_id: 'chatgpt-actions', scope: scopes.join(' ') },
    { privateKey, algorithm: 'ES256', header: { alg: 'ES256', typ: ACCESS_TOKEN_TYPE, kid } },
  );
}
