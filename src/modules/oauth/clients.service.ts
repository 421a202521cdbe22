import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ClientMetadata } from 'oidc-provider';
import { InvalidRequestError } from 'src/common/errors/app-error';
import { recordSecurityEvent } from 'src/common/security-log';
import { HttpConfig } from 'src/config/app-config';
import { ClientNotFoundError, ClientWithoutSecretError } from './oauth.errors';
import { findRedirectUriProblem } from './domain/redirect-uri';
import { SWAGGER_CALLBACK, SWAGGER_CLIENT } from './domain/swagger-client';
import { ClientsRepository, type ClientRow } from './persistence/clients.repository';
import type { ClientMetadataSource } from './client-metadata';

/** How long the previous secret keeps working: time to paste the new one into ChatGPT. */
const SECRET_OVERLAP_HOURS = 24;

const CLIENT_ID = /^[a-z0-9-]{1,64}$/;

export type OAuthClient = ClientRow;

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Applications that may ask users for access. Changes apply from the next request on. */
@Injectable()
export class ClientsService implements ClientMetadataSource {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly http: HttpConfig,
  ) {}

  async list(): Promise<OAuthClient[]> {
    return (await this.clients.list()).map((client) => this.withOwnCallback(client));
  }

  /** Replaces all redirect URIs. Throws `invalid_request` naming each that cannot be one, `client_not_found`. */
  async setRedirectUris(id: string, redirectUris: readonly string[]): Promise<OAuthClient> {
    const errors = redirectUris.flatMap((uri, index) => {
      const detail = findRedirectUriProblem(uri, this.http.production);
      return detail === undefined ? [] : [{ pointer: `/redirect_uris/${index}`, detail }];
    });
    if (errors.length > 0)
      throw new InvalidRequestError('Some of the redirect URIs are not valid.', { errors });
    const client = await this.clients.saveRedirectUris(id, redirectUris);
    if (client === undefined) throw new ClientNotFoundError();
    recordSecurityEvent('redirect_uris_changed', { client_id: id });
    return this.withOwnCallback(client);
  }

  /**
   * Creates a new secret and returns it, the only time; the previous one keeps working for a day. Throws
   * `client_not_found`, and `client_without_secret` for clients that prove themselves with PKCE.
   */
  async makeSecret(id: string): Promise<{ client: OAuthClient; secret: string }> {
    // base64url: HTTP Basic would decode "+" and "%" (RFC 6749, section 2.3.1).
    const secret = randomBytes(32).toString('base64url');
    const client = await this.clients.saveSecret(id, hash(secret), SECRET_OVERLAP_HOURS);
    if (client !== undefined) {
      recordSecurityEvent('client_secret_created', { client_id: id });
      return { client, secret };
    }
    throw (await this.clients.find(id)) === undefined
      ? new ClientNotFoundError()
      : new ClientWithoutSecretError();
  }

  async verifySecret(id: string, secret: string): Promise<boolean> {
    const presented = hash(secret);
    return (await this.clients.listSecretHashes(id)).some((stored) => timingSafeEqual(stored, presented));
  }

  async findMetadata(id: string): Promise<ClientMetadata | undefined> {
    // Any text that a caller sends arrives here.
    const row = CLIENT_ID.test(id) ? await this.clients.find(id) : undefined;
    if (row === undefined) return undefined;
    const { redirectUris, ...client } = this.withOwnCallback(row);
    // A client that nobody has set up yet has no address to send a code to, and so cannot begin anything.
    return {
      client_id: id,
      client_name: client.name,
      scope: client.scopes.join(' '),
      redirect_uris:
        redirectUris.length > 0 ? [...redirectUris] : [`${this.http.publicUrl}/oauth/not-set-up`],
      response_types: ['code'],
      // A page cannot keep a refresh token safe: it asks again without a prompt (silent-renewal.ts).
      grant_types: client.confidential ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      ...(client.confidential
        ? // Never compared: the provider asks verifySecret, which knows hashes only.
          { token_endpoint_auth_method: 'client_secret_post', client_secret: 'kept as a hash' }
        : { token_endpoint_auth_method: 'none' }),
    };
  }

  private withOwnCallback(client: ClientRow): OAuthClient {
    if (client.id !== SWAGGER_CLIENT) return client;
    return { ...client, redirectUris: [`${this.http.publicUrl}${SWAGGER_CALLBACK}`, ...client.redirectUris] };
  }
}
