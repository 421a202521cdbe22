import { Module } from '@nestjs/common';
import { UserSessionsModule } from 'src/modules/auth';
import { UsersModule } from 'src/modules/users';
import { CredentialsService } from './credentials.service';
import { OperatorAccountsService } from './operator-accounts.service';
import { OperatorPeopleService } from './operator-people.service';
import { PasswordsService } from './passwords.service';
import { CredentialsRepository } from './persistence/credentials.repository';

/** The part of accounts that needs nothing but the database, so that a command can use it without the rest. */
@Module({
  imports: [UsersModule, UserSessionsModule],
  providers: [
    CredentialsRepository,
    CredentialsService,
    OperatorAccountsService,
    OperatorPeopleService,
    PasswordsService,
  ],
  exports: [CredentialsService, OperatorAccountsService, OperatorPeopleService, UsersModule],
})
export class CredentialsModule {}
