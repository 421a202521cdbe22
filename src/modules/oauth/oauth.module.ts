import { Module } from '@nestjs/common';
import { AuthConfig } from 'src/config/app-config';
import { ClientsRepository } from './persistence/clients.repository';
import { ConnectionsRepository } from 'src/modules/auth/persistence/application-sessions.repository';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';
import { SignInModule } from 'src/modules/auth/sessions.module';
import { UsersService } from 'src/modules/users';
import { ClientAuthentication } from './client-authentication';
import { ClientsService } from './clients.service';
import { ConnectionsService } from './connections.service';
import { InteractionController } from './http/interaction.controller';
import { InteractionsService } from './interactions.service';
import { OAuthMount } from './oauth-mount';
import { createOAuthProvider, OAuthProvider } from './oauth-provider';

/** The authorization server: how applications such as ChatGPT get access tokens without ever seeing a password. */
@Module({
  imports: [SignInModule],
  controllers: [InteractionController],
  providers: [
    ClientAuthentication,
    ClientsRepository,
    ClientsService,
    ConnectionsRepository,
    ConnectionsService,
    InteractionsService,
    OAuthMount,
    OidcPayloadsRepository,
    {
      provide: OAuthProvider,
      inject: [
        AuthConfig,
        OidcPayloadsRepository,
        SessionsRepository,
        ClientsService,
        ClientAuthentication,
        UsersService,
      ],
      useFactory: (
        config: AuthConfig,
        payloads: OidcPayloadsRepository,
        sessions: SessionsRepository,
        clients: ClientsService,
        authentication: ClientAuthentication,
        users: UsersService,
      ) => {
        const userExists = async (id: string) => (await users.findById(id)) !== undefined;
        return createOAuthProvider({ config, payloads, sessions, clients, authentication, userExists });
      },
    },
  ],
  exports: [ClientsService, ConnectionsService],
})
export class OAuthModule {}
