export { InsufficientScopeError } from './auth.errors';
export { AuthModule } from './auth.module';
export { CredentialsModule } from './credentials.module';
export { OperatorAccountsService, type OperatorCredentials } from './operator-accounts.service';
