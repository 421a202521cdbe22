export { ClientNotFoundError, ClientWithoutSecretError, InsufficientScopeError } from './auth.errors';
export { AccountPageFilter } from './browser/account-page.filter';
export { BrowserUsersService } from './browser/browser-users.service';
export { SWAGGER_CALLBACK, SWAGGER_CLIENT } from 'src/modules/oauth/domain/swagger-client';
export { SignInModule } from './sessions.module';
export { AuthModule } from './auth.module';
export { CredentialsModule } from 'src/modules/accounts/credentials.module';
export { RateLimitedError } from './limits.errors';
export {
  OperatorAccountsService,
  type OperatorCredentials,
} from 'src/modules/accounts/operator-accounts.service';
export { ClientsService, type OAuthClient } from 'src/modules/oauth/clients.service';
export { OAuthModule } from 'src/modules/oauth/oauth.module';
