import { Module } from '@nestjs/common';
import { AuthConfig } from 'src/config/app-config';
import { AccountsModule } from 'src/modules/accounts';
import { SessionsModule } from 'src/modules/auth';
import { UsersModule, UsersService } from 'src/modules/users';
import { ClientsRepository } from './persistence/clients.repository';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';
import { ClientAuthentication } from './client-authentication';
import { ClientsService } from './clients.service';
import { ConnectionsService } from './connections.service';
import { InteractionController } from './http/interaction.controller';
import { InteractionsService } from './interactions.service';
import { OAuthMount } from './oauth-mount';
import { createOAuthProvider, OAuthProvider } from './oauth-provider';
import { StorageParts } from './storage';

/** The authorization server: how applications such as ChatGPT get access tokens without ever seeing a password. */
@Module({
  imports: [AccountsModule, SessionsModule, UsersModule],
  controllers: [InteractionController],
  providers: [
    ClientAuthentication,
    ClientsRepository,
    ClientsService,
    ConnectionsService,
    InteractionsService,
    OAuthMount,
    OidcPayloadsRepository,
    StorageParts,
    {
      provide: OAuthProvider,
      inject: [AuthConfig, StorageParts, ClientAuthentication, UsersService],
      useFactory: (
        config: AuthConfig,
        storage: StorageParts,
        authentication: ClientAuthentication,
        users: UsersService,
      ) => {
        const userExists = async (id: string) => (await users.findById(id)) !== undefined;
        return createOAuthProvider({ ...storage, config, authentication, userExists });
      },
    },
  ],
  exports: [ClientsService, ConnectionsService],
})
export class OAuthModule {}
