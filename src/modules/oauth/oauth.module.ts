import { Module } from '@nestjs/common';
import { AuthConfig } from 'src/config/app-config';
import { AccountsModule } from 'src/modules/accounts';
import { SessionsModule } from 'src/modules/auth';
import { UsersModule, UsersService } from 'src/modules/users';
import { ClientsRepository } from './persistence/clients.repository';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';
import { AuthorizationChecks } from './authorization-checks';
import { ClientAuthentication } from './client-authentication';
import { ClientsService } from './clients.service';
import { ConnectionsService } from './connections.service';
import { GrantsService } from './grants.service';
import { InteractionController } from './http/interaction.controller';
import { InteractionsService } from './interactions.service';
import { OAuthMount } from './oauth-mount';
import { createOAuthProvider, OAuthParts, OAuthProvider } from './oauth-provider';
import { RefreshRotation } from './refresh-rotation';
import { SilentRenewal } from './silent-renewal';
import { StorageParts } from './storage';

/** The authorization server: how applications such as ChatGPT get access tokens without ever seeing a password. */
@Module({
  imports: [AccountsModule, SessionsModule, UsersModule],
  controllers: [InteractionController],
  providers: [
    AuthorizationChecks,
    ClientAuthentication,
    ClientsRepository,
    ClientsService,
    ConnectionsService,
    GrantsService,
    InteractionsService,
    OAuthMount,
    OidcPayloadsRepository,
    OAuthParts,
    RefreshRotation,
    SilentRenewal,
    StorageParts,
    {
      provide: OAuthProvider,
      inject: [AuthConfig, OAuthParts, StorageParts, UsersService],
      useFactory: (config: AuthConfig, parts: OAuthParts, storage: StorageParts, users: UsersService) => {
        const userExists = async (id: string) => (await users.findById(id)) !== undefined;
        return createOAuthProvider({ ...storage, ...parts, config, userExists });
      },
    },
  ],
  exports: [ClientsService, ConnectionsService],
})
export class OAuthModule {}
