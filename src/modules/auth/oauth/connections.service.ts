import { Injectable } from '@nestjs/common';
import type { Scope } from 'src/common/domain/scopes';
import { AuthConfig } from 'src/config/app-config';
import { Database } from 'src/database/database';
import {
  ConnectionsRepository,
  type ConnectionRow,
} from 'src/modules/auth/persistence/connections.repository';
import { OAuthProvider } from './oauth-provider';
import { CONNECTION_DAYS } from './provider-configuration';

export interface NewConnection {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  /** Asked for, but not given; without saying so the authorization server would ask again. */
  readonly refusedScopes: readonly Scope[];
}

/** Applications that users connected to their account. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionsRepository,
    private readonly provider: OAuthProvider,
    private readonly config: AuthConfig,
  ) {}

  /** What a consent makes: a sign-in of the application, and the grant of the same id. Returns that id. */
  connect({ userId, clientId, scopes, refusedScopes }: NewConnection): Promise<string> {
    return this.database.transaction(async () => {
      const id = await this.connections.open({ userId, clientId, days: CONNECTION_DAYS });
      const grant = new this.provider.Grant({ accountId: userId, clientId });
      grant.jti = id;
      grant.addOIDCScope(scopes.join(' '));
      grant.addResourceScope(this.config.audience, scopes.join(' '));
      grant.rejectOIDCScope(refusedScopes.join(' '));
      grant.rejectResourceScope(this.config.audience, refusedScopes.join(' '));
      return grant.save();
    });
  }

  list(userId: string): Promise<ConnectionRow[]> {
    return this.connections.listOfUser(userId);
  }

  /** Ends every connection of this application to this user, its access tokens included. Repeating is harmless. */
  disconnect(userId: string, clientId: string): Promise<void> {
    return this.connections.end(userId, clientId);
  }
}
