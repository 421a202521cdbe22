export { AccountsModule } from './accounts.module';
export { CredentialsModule } from './credentials.module';
export { CredentialsService } from './credentials.service';
export { OperatorAccountsService, type OperatorCredentials } from './operator-accounts.service';
export { AccountSessionsService } from './account-sessions.service';
