export { ClientNotFoundError, ClientWithoutSecretError, InsufficientScopeError } from './auth.errors';
export { AuthModule } from './auth.module';
export { CredentialsModule } from './credentials.module';
export { RateLimitedError } from './limits.errors';
export { OperatorAccountsService, type OperatorCredentials } from './operator-accounts.service';
export { ClientsService, type OAuthClient } from './oauth/clients.service';
export { OAuthModule } from './oauth/oauth.module';
