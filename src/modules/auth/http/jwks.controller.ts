import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from 'src/common/http/decorators/public.decorator';
import { SigningKeys, type PublicJwk } from 'src/modules/auth/signing-keys';

const jwksSchema = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});

@ApiTags('Auth')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Public()
  // A new key must be published this long before it signs.
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    operationId: 'getSigningKeys',
    summary: 'Get the public keys of access tokens',
    description: 'JSON Web Key Set (RFC 7517) with public keys only. Select the key by the kid of the token.',
  })
  @ApiOkResponse({ description: 'The keys', standardSchema: jwksSchema })
  list(): { keys: PublicJwk[] } {
    return { keys: this.keys.listPublic() };
  }
}
