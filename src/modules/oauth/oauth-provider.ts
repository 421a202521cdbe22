import { Logger } from '@nestjs/common';
import { Provider } from 'oidc-provider';
import { isOutage } from 'src/common/errors/outage';
import { retryAfterOf, type ClientAuthentication } from './client-authentication';
import { providerConfiguration, type ProviderParts } from './provider-configuration';
import { addressOf } from './request-address';

/** The authorization server (RFC 6749 with RFC 9700): oidc-provider over our storage. An injection token. */
export abstract class OAuthProvider extends Provider {}

const logger = new Logger('OAuthProvider');

export interface OAuthParts extends ProviderParts {
  readonly authentication: ClientAuthentication;
}

export function createOAuthProvider(parts: OAuthParts): OAuthProvider {
  const { config, authentication } = parts;
  const provider = new Provider(config.issuer, providerConfiguration(parts));
  // The mount says which host and protocol we are reached under.
  provider.proxy = true;
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      const request = Provider.ctx?.req;
      return authentication.verify(this.clientId, secret, request === undefined ? '' : addressOf(request));
    },
  });
  reportFailures(provider);
  return provider;
}

/** An unavailable database is answered with 503 like everywhere else, and our own errors are logged. */
function reportFailures(provider: Provider): void {
  const outages = new WeakSet<object>();
  provider.on('server_error', (ctx, error) => {
    if (isOutage(error)) outages.add(ctx);
    logger.error({ err: error, path: ctx.path }, 'authorization server error');
  });
  provider.on('grant.error', (ctx, error) => {
    const seconds = retryAfterOf(error);
    if (seconds !== undefined) ctx.set('retry-after', String(seconds));
  });
  provider.use(async (ctx, next) => {
    await next();
    if (!outages.has(ctx)) return;
    ctx.status = 503;
    ctx.set('retry-after', '2');
  });
}
