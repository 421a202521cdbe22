export { ClientsService, type OAuthClient } from './clients.service';
export { ConnectionsService, type Connection } from './connections.service';
export { SWAGGER_CALLBACK, SWAGGER_CLIENT } from './domain/swagger-client';
export { ClientNotFoundError, ClientWithoutSecretError } from './oauth.errors';
export { OAuthModule } from './oauth.module';
