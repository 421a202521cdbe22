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

/** Configures ChatGPT and every other application that may request access. Each action is in the audit log. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/oauth-clients')
export class OAuthClientsController {
  constructor(private readonly clients: OAuthClientsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOAuthClients',
    summary: 'List applications that may request access to accounts',
    description: 'With redirect URIs and scopes. Secrets are not included: only their hashes are stored.',
  })
  @ApiOkResponse({ description: 'The applications', standardSchema: oauthClientsSchema })
  async list(): Promise<OAuthClientResponse[]> {
    return (await this.clients.list()).map(toOAuthClientResponse);
  }

  @Put(':clientId/redirect-uris')
  @ApiOperation({
    operationId: 'setRedirectUris',
    summary: 'Set the redirect URIs of an application',
    description:
      'Replaces all redirect URIs. They must match exactly, without wildcards, and apply from the next request on.',
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
    summary: 'Create a new client secret for an application',
    description: 'Only this answer shows the secret. The previous secret keeps working for 24 hours.',
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
