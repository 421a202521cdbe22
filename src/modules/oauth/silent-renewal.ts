import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { ApplicationSessionsService, BrowserSessionsService } from 'src/modules/auth';
import { UsersService } from 'src/modules/users';
import { SWAGGER_CLIENT } from './domain/swagger-client';
import { browserSecretOf } from './request-facts';

/**
 * `prompt=none` for the operators' own page: it gets a new code from the session of its browser and the consent given
 * before, so the page needs no refresh token. Every other application hears `login_required`.
 */
@Injectable()
export class SilentRenewal {
  constructor(
    private readonly browsers: BrowserSessionsService,
    private readonly users: UsersService,
    private readonly applications: ApplicationSessionsService,
  ) {}

  /** Signs the request in if it may be answered without a prompt; otherwise the server answers by itself. */
  async signIn({ req, oidc }: KoaContextWithOIDC): Promise<void> {
    const clientId = oidc.client?.clientId;
    const session = oidc.session;
    if (clientId !== SWAGGER_CLIENT || session === undefined) return;
    const browser = await this.browsers.find(browserSecretOf(req));
    const user = browser && (await this.users.findById(browser.userId));
    if (user?.role !== 'operator') return;
    session.loginAccount({ accountId: user.id, transient: true });
    const grantId = await this.applications.findNewest(user.id, clientId);
    if (grantId === undefined) return;
    session.ensureClientContainer(clientId);
    session.grantIdFor(clientId, grantId);
  }
}
