import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';
import { ClientsService, type OAuthClient } from 'src/modules/oauth';
import { AuditLogRepository, type Act } from './persistence/audit-log.repository';

/** Configures the applications that may request access. Change and audit entry are one transaction. */
@Injectable()
export class OAuthClientsService {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientsService,
    private readonly audit: AuditLogRepository,
  ) {}

  list(): Promise<OAuthClient[]> {
    return this.clients.list();
  }

  /** Replaces all redirect URIs. Throws `client_not_found`, `invalid_request`. */
  setRedirectUris(id: string, redirectUris: readonly string[], act: Act): Promise<OAuthClient> {
    return this.database.transaction(async () => {
      const client = await this.clients.setRedirectUris(id, redirectUris);
      const target = { kind: 'oauth_client' as const, id };
      const details = { redirect_uris: redirectUris };
      await this.audit.append({ act, action: 'set_redirect_uris', target, details });
      return client;
    });
  }

  /** Only this answer contains the secret. Throws `client_not_found`, `client_without_secret`. */
  makeSecret(id: string, act: Act): Promise<{ client: OAuthClient; secret: string }> {
    return this.database.transaction(async () => {
      const made = await this.clients.makeSecret(id);
      const target = { kind: 'oauth_client' as const, id };
      await this.audit.append({ act, action: 'make_client_secret', target });
      return made;
    });
  }
}
