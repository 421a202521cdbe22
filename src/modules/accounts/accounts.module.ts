import { Module } from '@nestjs/common';
import { MailModule } from 'src/mail/mail.module';
import { AttemptsService } from 'src/modules/auth/attempts.service';
import { CredentialsModule } from './credentials.module';
import { PasswordAccountsService } from './password-accounts.service';
import { AttemptCountersRepository } from 'src/modules/auth/persistence/attempt-counters.repository';
import { EmailTokensRepository } from './persistence/email-tokens.repository';
import { UsersModule } from 'src/modules/users';
import { AccountMails } from './emails/account-mails';
import { EmailChangeService } from './email-change.service';
import { EmailConfirmationService } from './email-confirmation.service';
import { EmailTokensService } from './email-tokens.service';
import { PasswordChangeService } from './password-change.service';
import { PasswordResetService } from './password-reset.service';

/** Accounts with a password: making them, proving to be their owner, changing address and password, and the mails. */
@Module({
  imports: [UsersModule, CredentialsModule, MailModule],
  providers: [
    AccountMails,
    AttemptCountersRepository,
    AttemptsService,
    EmailChangeService,
    EmailConfirmationService,
    EmailTokensRepository,
    EmailTokensService,
    PasswordAccountsService,
    PasswordChangeService,
    PasswordResetService,
  ],
  exports: [
    AttemptsService,
    EmailChangeService,
    EmailConfirmationService,
    PasswordAccountsService,
    PasswordChangeService,
    PasswordResetService,
  ],
})
export class AccountModule {}
