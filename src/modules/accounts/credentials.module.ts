import { Module } from '@nestjs/common';
import { UsersModule } from 'src/modules/users';
import { CredentialsService } from './credentials.service';
import { OperatorAccountsService } from './operator-accounts.service';
import { PasswordsService } from './passwords.service';
import { CredentialsRepository } from './persistence/credentials.repository';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';

/** The part of auth that needs nothing but the database, so that a command can use it without the rest. */
@Module({
  imports: [UsersModule],
  providers: [
    CredentialsRepository,
    CredentialsService,
    OperatorAccountsService,
    PasswordsService,
    SessionsRepository,
  ],
  exports: [CredentialsService, OperatorAccountsService, SessionsRepository],
})
export class CredentialsModule {}
