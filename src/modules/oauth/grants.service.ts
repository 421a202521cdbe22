import { Injectable } from '@nestjs/common';
import type { Scope } from 'src/common/domain/scopes';
import { AuthConfig } from 'src/config/app-config';
import { ApplicationSessionsService } from 'src/modules/auth';
import { OAuthProvider } from './oauth-provider';
import { InteractionExpiredError } from './oauth.errors';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';
import { CONNECTION_DAYS } from './provider-configuration';

export interface NewGrant {
  /** The authorization request that the user answers. */
  readonly interactionId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  /** Requested, but not granted; without this list the authorization server would ask again. */
  readonly refusedScopes: readonly Scope[];
}

/** What a consent creates: the session of an application, and the grant of the same id. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly applications: ApplicationSessionsService,
    private readonly payloads: OidcPayloadsRepository,
    private readonly provider: OAuthProvider,
    private readonly config: AuthConfig,
  ) {}

  /**
   * Returns the id. A request that this user has answered already returns its first grant, also in parallel. Joins an
   * open transaction, and needs one. Throws `interaction_expired`.
   */
  async open(grant: NewGrant): Promise<string> {
    const { interactionId, userId, clientId } = grant;
    const interaction = await this.payloads.lockInteraction(interactionId);
    if (interaction === undefined) throw new InteractionExpiredError();
    const { grantId } = interaction;
    if (grantId !== null && (await this.applications.isActiveOf(grantId, { userId, clientId })))
      return grantId;
    const id = await this.applications.open({ userId, clientId, days: CONNECTION_DAYS });
    await this.payloads.answerInteraction(interactionId, id);
    return this.save(id, grant);
  }

  private save(id: string, { userId, clientId, scopes, refusedScopes }: NewGrant): Promise<string> {
    const grant = new this.provider.Grant({ accountId: userId, clientId });
    grant.jti = id;
    grant.addOIDCScope(scopes.join(' '));
    grant.addResourceScope(this.config.audience, scopes.join(' '));
    grant.rejectOIDCScope(refusedScopes.join(' '));
    grant.rejectResourceScope(this.config.audience, refusedScopes.join(' '));
    return grant.save();
  }
}
