import { Logger } from '@nestjs/common';
import { Provider } from 'oidc-provider';
import { isOutage } from 'src/common/errors/outage';
import type { ClientsService } from './clients.service';
import { providerConfiguration, type ProviderParts } from './provider-configuration';

/** The authorization server (RFC 6749 with RFC 9700): oidc-provider over our storage. An injection token. */
export abstract class OAuthProvider extends Provider {}

const logger = new Logger('OAuthProvider');

export interface OAuthParts extends Omit<ProviderParts, 'clients'> {
  readonly clients: ClientsService;
}

export function createOAuthProvider(parts: OAuthParts): OAuthProvider {
  const { config, clients } = parts;
  const provider = new Provider(config.issuer, providerConfiguration(parts));
  // The mount says which host and protocol we are reached under.
  provider.proxy = true;
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return clients.verifySecret(this.clientId, secret);
    },
  });
  reportFailures(provider);
  return provider;
}

/** A database that is away is 503 like everywhere else; and what we broke is in the log. */
function reportFailures(provider: Provider): void {
  const outages = new WeakSet<object>();
  provider.on('server_error', (ctx, error) => {
    if (isOutage(error)) outages.add(ctx);
    logger.error({ err: error, path: ctx.path }, 'authorization server failed');
  });
  provider.use(async (ctx, next) => {
    await next();
    if (!outages.has(ctx)) return;
    ctx.status = 503;
    ctx.set('retry-after', '2');
  });
}
