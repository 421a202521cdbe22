import { Injectable } from '@nestjs/common';
import type { Scope } from 'src/common/domain/scopes';
import { AuthConfig } from 'src/config/app-config';
import { Database } from 'src/database/database';
import { AccountSessionsService } from 'src/modules/accounts';
import { ApplicationSessionsService } from 'src/modules/auth';
import { OAuthProvider } from './oauth-provider';
import { ClientsRepository } from './persistence/clients.repository';
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

export interface Connection {
  readonly clientId: string;
  readonly name: string;
  readonly connectedAt: Date;
  readonly lastUsedAt: Date;
}

/** Applications that users connected to their account. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly database: Database,
    private readonly applications: ApplicationSessionsService,
    private readonly clients: ClientsRepository,
    private readonly provider: OAuthProvider,
    private readonly config: AuthConfig,
    private readonly accountSessions: AccountSessionsService,
  ) {}

  /**
   * What a consent makes: a session of the application, and the grant of the same id. Returns that id; undefined when
   * the session that agrees has ended. A new password ends what was connected before it, and nothing slips past it.
   */
  connect(connection: NewConnection): Promise<string | undefined> {
    const { userId, sessionId, clientId, scopes, refusedScopes } = connection;
    return this.database.transaction(async () => {
      if (!(await this.accountSessions.lockActive(userId, sessionId))) return undefined;
      const id = await this.applications.open({ userId, clientId, days: CONNECTION_DAYS });
      const grant = new this.provider.Grant({ accountId: userId, clientId });
      grant.jti = id;
      grant.addOIDCScope(scopes.join(' '));
      grant.addResourceScope(this.config.audience, scopes.join(' '));
      grant.rejectOIDCScope(refusedScopes.join(' '));
      grant.rejectResourceScope(this.config.audience, refusedScopes.join(' '));
      return grant.save();
    });
  }

  /** Each application once, by name. */
  async list(userId: string): Promise<Connection[]> {
    const [sessions, clients] = await Promise.all([this.applications.list(userId), this.clients.list()]);
    const names = new Map(clients.map(({ id, name }) => [id, name]));
    return sessions
      .map((session) => ({ ...session, name: names.get(session.clientId) ?? session.clientId }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** Ends every connection of this application to this user, its access tokens included. Repeating is harmless. */
  disconnect(userId: string, clientId: string): Promise<void> {
    return this.applications.revokeOfClient(userId, clientId);
  }
}
