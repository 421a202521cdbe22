import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { errors, type InteractionResults } from 'oidc-provider';
import { SCOPES, type Scope } from 'src/common/domain/scopes';
import type { User } from 'src/modules/users';
import { InteractionExpiredError } from './oauth.errors';
import { ClientsRepository } from './persistence/clients.repository';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';
import { ConnectionsService } from './connections.service';
import { OAuthProvider } from './oauth-provider';

/** The two ends of one HTTP exchange; the browser proves with a signed cookie that the interaction is its own. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** An application that asks to be connected, while the user decides. */
export interface Interaction {
  readonly uid: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly requestedScopes: readonly Scope[];
  /** Where the browser goes afterwards. */
  readonly redirectOrigin: string;
  /** The application asked that the user sign in again (`prompt=login`): only sessions after this moment count. */
  readonly signInAfter: Date | undefined;
}

/** Who decides, and the session of the browser in which they do. */
export interface SignedIn {
  readonly user: User;
  readonly sessionId: string;
}

/** The user's decision between an authorization request and its code. */
@Injectable()
export class InteractionsService {
  constructor(
    private readonly provider: OAuthProvider,
    private readonly clients: ClientsRepository,
    private readonly connections: ConnectionsService,
    private readonly payloads: OidcPayloadsRepository,
  ) {}

  /** Throws `interaction_expired`, also in a browser that did not begin it. */
  async get({ request, response }: Exchange): Promise<Interaction> {
    const found = await this.provider.interactionDetails(request, response).catch(toExpired);
    const params = found.params as Partial<Record<'client_id' | 'redirect_uri' | 'scope' | 'prompt', string>>;
    const clientId = params.client_id ?? '';
    const client = await this.clients.find(clientId);
    if (client === undefined || params.redirect_uri === undefined) throw new InteractionExpiredError();
    const asked = (params.scope ?? '').split(' ');
    const wantsSignIn = params.prompt?.split(' ').includes('login') === true;
    return {
      uid: found.uid,
      clientId,
      clientName: client.name,
      requestedScopes: SCOPES.filter((scope) => asked.includes(scope) && client.scopes.includes(scope)),
      redirectOrigin: new URL(params.redirect_uri).origin,
      signInAfter: wantsSignIn ? await this.payloads.findInteractionTime(found.uid) : undefined,
    };
  }

  /** The user allows it. Returns where to go on; undefined when they are not signed in any more. */
  async allow(
    exchange: Exchange,
    { uid, clientId, requestedScopes }: Interaction,
    { user, sessionId }: SignedIn,
  ): Promise<string | undefined> {
    const scopes = grantableScopes(requestedScopes, user);
    if (scopes.length === 0) return this.finish(exchange, { error: 'invalid_scope' });
    const refusedScopes = requestedScopes.filter((scope) => !scopes.includes(scope));
    const connection = { interactionId: uid, userId: user.id, sessionId, clientId, scopes, refusedScopes };
    const grantId = await this.connections.connect(connection);
    if (grantId === undefined) return undefined;
    return this.finish(exchange, {
      login: { accountId: user.id, remember: false },
      consent: { grantId },
    });
  }

  /** The user refuses. Returns where to go on. */
  deny(exchange: Exchange): Promise<string> {
    return this.finish(exchange, { error: 'access_denied', error_description: 'The user refused' });
  }

  private finish({ request, response }: Exchange, result: InteractionResults): Promise<string> {
    return this.provider
      .interactionResult(request, response, result, { mergeWithLastSubmission: false })
      .catch(toExpired);
  }
}

/** What this user can hand on: nobody gives an application more than they may do themselves. */
export function grantableScopes(requested: readonly Scope[], { role }: Pick<User, 'role'>): Scope[] {
  return requested.filter((scope) => scope !== 'operator' || role === 'operator');
}

function toExpired(error: unknown): never {
  throw error instanceof errors.SessionNotFound ? new InteractionExpiredError() : error;
}
