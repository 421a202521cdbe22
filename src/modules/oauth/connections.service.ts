import { Injectable } from '@nestjs/common';
import type { Scope } from 'src/common/domain/scopes';
import { AuthConfig } from 'src/config/app-config';
import { Database } from 'src/database/database';
import {
  ConnectionsRepository,
  type ConnectionRow,
} from 'src/modules/auth/persistence/application-sessions.repository';
import { CredentialsService } from 'src/modules/accounts/credentials.service';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';
import { OAuthProvider } from './oauth-provider';
import { CONNECTION_DAYS } from './provider-configuration';

export interface NewConnection {
  readonly userId: string;
  /** The sign-in that agrees. */
  readonly sessionId: string;
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
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsRepository,
  ) {}

  /**
   * What a consent makes: a sign-in of the application, and the grant of the same id. Returns that id; undefined when
   * the sign-in that agrees has ended. A new password ends what was connected before it, and nothing slips past it.
   */
  connect(connection: NewConnection): Promise<string | undefined> {
    const { userId, sessionId, clientId, scopes, refusedScopes } = connection;
    return this.database.transaction(async () => {
      await this.credentials.hold(userId);
      if ((await this.sessions.findRoleOfLive(sessionId, userId)) === undefined) return undefined;
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
