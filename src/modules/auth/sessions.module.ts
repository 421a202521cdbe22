import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { UsersModule } from 'src/modules/users';
import { AccessTokensService } from './access-tokens.service';
import { ApplicationSessionsService } from './application-sessions.service';
import { AttemptsService } from './attempts.service';
import { BrowserSessionGuard } from './browser/browser-session.guard';
import { BrowserSessionsService } from './browser/browser-sessions.service';
import { BrowserUsersService } from './browser/browser-users.service';
import { SessionCookie } from './browser/session-cookie';
import { ApplicationSessionsRepository } from './persistence/application-sessions.repository';
import { AttemptCountersRepository } from './persistence/attempt-counters.repository';
import { BrowserSessionsRepository } from './persistence/browser-sessions.repository';
import { RefreshTokensRepository } from './persistence/refresh-tokens.repository';
import { SessionsService } from './sessions.service';
import { SigningKeys } from './signing-keys';
import { UserSessionsModule } from './user-sessions.module';

/** Sessions through the API, in browsers and of applications, and the limits on attempts to get one. */
@Module({
  imports: [UsersModule, UserSessionsModule, JwtModule.register({})],
  providers: [
    AccessTokensService,
    ApplicationSessionsRepository,
    ApplicationSessionsService,
    AttemptCountersRepository,
    AttemptsService,
    BrowserSessionGuard,
    BrowserSessionsRepository,
    BrowserSessionsService,
    BrowserUsersService,
    RefreshTokensRepository,
    SessionCookie,
    SessionsService,
    SigningKeys,
  ],
  exports: [
    AccessTokensService,
    ApplicationSessionsService,
    AttemptsService,
    BrowserSessionGuard,
    BrowserSessionsService,
    BrowserUsersService,
    SessionCookie,
    SessionsService,
    SigningKeys,
    UserSessionsModule,
  ],
})
export class SessionsModule {}
