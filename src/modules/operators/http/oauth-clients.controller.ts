import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { ClientNotFoundError, ClientWithoutSecretError } from 'src/modules/oauth';
import { OAuthClientsService } from 'src/modules/operators/oauth-clients.service';
import { Acting } from './acting.decorator';
import {
  clientIdSchema,
  clientSecretSchema,
  oauthClientSchema,
  oauthClientsSchema,
  redirectUrisBodySchema,
  toOAuthClientResponse,
  type ClientSecretResponse,
  type OAuthClientResponse,
  type RedirectUrisBody,
} from './oauth-clients.schema';
import { reasonBodySchema, type ReasonBody } from './operator.schema';

/** Setting up ChatGPT, and whatever else may ask users for access. Every act is in the audit log. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/oauth-clients')
export class OAuthClientsController {
  constructor(private readonly clients: OAuthClientsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOAuthClients',
    summary: 'Applications that may ask users for access',
    description: 'With their redirect URIs and scopes. Secrets are not among it: only their hashes are kept.',
  })
  @ApiOkResponse({ description: 'The applications', standardSchema: oauthClientsSchema })
  async list(): Promise<OAuthClientResponse[]> {
    return (await this.clients.list()).map(toOAuthClientResponse);
  }

  @Put(':clientId/redirect-uris')
  @ApiOperation({
    operationId: 'setRedirectUris',
    summary: 'Say where authorization codes may be sent',
    description:
      'Replaces all addresses. They are matched to the letter, without wildcards, from the next request on.',
  })
  @ApiParam({ name: 'clientId', type: String, description: 'From listOAuthClients, e.g. chatgpt-actions' })
  @ApiOkResponse({ description: 'The application', standardSchema: oauthClientSchema })
  @ApiProblems(new ClientNotFoundError())
  async setRedirectUris(
    @Param('clientId', { schema: clientIdSchema }) clientId: string,
    @Body({ schema: redirectUrisBodySchema }) { redirect_uris: redirectUris, reason }: RedirectUrisBody,
    @Acting() acting: Acting,
  ): Promise<OAuthClientResponse> {
    return toOAuthClientResponse(
      await this.clients.setRedirectUris(clientId, redirectUris, { ...acting, reason }),
    );
  }

  @Post(':clientId/secret')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'makeClientSecret',
    summary: 'Make a new secret for an application',
    description:
      'Shown in this answer only. The secret before stays good for 24 hours, to be replaced in peace.',
  })
  @ApiParam({ name: 'clientId', type: String, description: 'From listOAuthClients, e.g. chatgpt-actions' })
  @ApiOkResponse({ description: 'The application and its secret', standardSchema: clientSecretSchema })
  @ApiProblems(new ClientNotFoundError(), new ClientWithoutSecretError())
  async makeSecret(
    @Param('clientId', { schema: clientIdSchema }) clientId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<ClientSecretResponse> {
    const { client, secret } = await this.clients.makeSecret(clientId, { ...acting, reason });
    return { client: toOAuthClientResponse(client), client_secret: secret };
  }
}
