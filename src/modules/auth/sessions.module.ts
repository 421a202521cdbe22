import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PaymentsModule } from 'src/modules/payments';
import { UsersModule } from 'src/modules/users';
import { AccountModule } from 'src/modules/accounts/accounts.module';
import { AccessTokensService } from './access-tokens.service';
import { AuthService } from 'src/modules/accounts/auth.service';
import { BrowserSessionGuard } from './browser/browser-session.guard';
import { BrowserSessionsService } from './browser/browser-sessions.service';
import { BrowserUsersService } from './browser/browser-users.service';
import { SessionCookie } from './browser/session-cookie';
import { CredentialsModule } from 'src/modules/accounts/credentials.module';
import { BrowserSessionsRepository } from './persistence/browser-sessions.repository';
import { RefreshTokensRepository } from './persistence/refresh-tokens.repository';
import { SessionsService } from './sessions.service';
import { SignInsService } from 'src/modules/accounts/sign-ins.service';
import { SigningKeys } from './signing-keys';

/** Accounts and their sign-ins through the API and in browsers; what auth's controllers and guards stand on. */
@Module({
  imports: [UsersModule, PaymentsModule, CredentialsModule, AccountModule, JwtModule.register({})],
  providers: [
    AccessTokensService,
    AuthService,
    BrowserSessionGuard,
    BrowserSessionsRepository,
    BrowserSessionsService,
    BrowserUsersService,
    RefreshTokensRepository,
    SessionCookie,
    SessionsService,
    SignInsService,
    SigningKeys,
  ],
  exports: [
    AccountModule,
    AuthService,
    BrowserSessionGuard,
    BrowserSessionsService,
    BrowserUsersService,
    CredentialsModule,
    SessionCookie,
    SessionsService,
    SignInsService,
    SigningKeys,
    UsersModule,
  ],
})
export class SignInModule {}
