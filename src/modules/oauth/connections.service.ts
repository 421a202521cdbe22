import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { Database } from 'src/database/database';
import { AccountSessionsService } from 'src/modules/accounts';
import { ApplicationSessionsService } from 'src/modules/auth';
import { GrantsService, type NewGrant } from './grants.service';
import { ClientsRepository } from './persistence/clients.repository';

export interface NewConnection extends NewGrant {
  /** The sign-in that agrees. */
  readonly sessionId: string;
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
    private readonly accountSessions: AccountSessionsService,
    private readonly grants: GrantsService,
  ) {}

  /**
   * What a consent creates: a session of the application, and the grant of the same id. Returns that id; undefined
   * when the session that agrees has ended. A new password revokes earlier connections, also one that is just being
   * made. Answering twice returns the same connection. Throws `interaction_expired`.
   */
  async connect(connection: NewConnection): Promise<string | undefined> {
    const { userId, sessionId, clientId } = connection;
    const id = await this.database.transaction(async () => {
      if (!(await this.accountSessions.lockActive(userId, sessionId))) return undefined;
      return this.grants.open(connection);
    });
    if (id !== undefined)
      recordSecurityEvent('application_connected', { user_id: userId, client_id: clientId });
    return id;
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
  async disconnect(userId: string, clientId: string): Promise<void> {
    await this.applications.revokeOfClient(userId, clientId);
    recordSecurityEvent('application_disconnected', { user_id: userId, client_id: clientId });
  }
}
