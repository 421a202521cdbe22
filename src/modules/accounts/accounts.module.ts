import { Module } from '@nestjs/common';
import { MailModule } from 'src/mail/mail.module';
import { SessionsModule } from 'src/modules/auth';
import { PaymentsModule } from 'src/modules/payments';
import { UsersModule } from 'src/modules/users';
import { AuthService } from './auth.service';
import { CredentialsModule } from './credentials.module';
import { EmailChangeService } from './email-change.service';
import { EmailRequestsService } from './email-requests.service';
import { EmailVerificationService } from './email-verification.service';
import { EmailTokensService } from './email-tokens.service';
import { AccountEmails } from './emails/account-emails';
import { AccountChangesController } from './http/account-changes.controller';
import { AuthController } from './http/auth.controller';
import { RecoveryController } from './http/recovery.controller';
import { AccountPagesController } from './pages/account-pages.controller';
import { VerificationPagesController } from './pages/verification-pages.controller';
import { RecoveryPagesController } from './pages/recovery-pages.controller';
import { SignInController } from './pages/sign-in.controller';
import { PasswordAccountsService } from './password-accounts.service';
import { PasswordChangeService } from './password-change.service';
import { PasswordResetService } from './password-reset.service';
import { EmailRequestsRepository } from './persistence/email-requests.repository';
import { EmailTokensRepository } from './persistence/email-tokens.repository';
import { AccountSessionsService } from './account-sessions.service';

/** Accounts with a password: creating them, signing in, changing address and password, and the emails about them. */
@Module({
  imports: [UsersModule, PaymentsModule, CredentialsModule, SessionsModule, MailModule],
  controllers: [
    AuthController,
    RecoveryController,
    AccountChangesController,
    AccountPagesController,
    VerificationPagesController,
    RecoveryPagesController,
    SignInController,
  ],
  providers: [
    AccountEmails,
    AuthService,
    EmailChangeService,
    EmailRequestsRepository,
    EmailRequestsService,
    EmailVerificationService,
    EmailTokensRepository,
    EmailTokensService,
    PasswordAccountsService,
    PasswordChangeService,
    PasswordResetService,
    AccountSessionsService,
  ],
  exports: [
    CredentialsModule,
    AccountSessionsService,
    EmailRequestsRepository,
    EmailRequestsService,
    EmailVerificationService,
    PasswordChangeService,
    PasswordResetService,
  ],
})
export class AccountsModule {}
