import { Injectable, Logger } from '@nestjs/common';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { isOutage } from 'src/common/errors/outage';
import { AuthorizationChecks } from './authorization-checks';
import { ClientAuthentication } from './client-authentication';
import { providerConfiguration, type ProviderParts } from './provider-configuration';
import { RefreshRotation } from './refresh-rotation';
import { addressOf } from './request-facts';
import { retryAfterOf } from './too-many-requests';

/** The authorization server (RFC 6749 with RFC 9700): oidc-provider over our storage. An injection token. */
export abstract class OAuthProvider extends Provider {}

const logger = new Logger('OAuthProvider');

/** What our own rules of the authorization server are made of. */
@Injectable()
export class OAuthParts {
  constructor(
    readonly authentication: ClientAuthentication,
    readonly rotation: RefreshRotation,
    readonly checks: AuthorizationChecks,
  ) {}
}

export function createOAuthProvider(parts: OAuthParts & ProviderParts): OAuthProvider {
  const { config, authentication, rotation } = parts;
  const provider = new Provider(config.issuer, providerConfiguration(parts));
  // The mount says which host and protocol we are reached under.
  provider.proxy = true;
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      const request = Provider.ctx?.req;
      return authentication.verify(this.clientId, secret, request === undefined ? '' : addressOf(request));
    },
  });
  deriveSuccessors(provider, rotation);
  advertiseQueryOnly(provider);
  reportFailures(provider);
  return provider;
}

/** A retried refresh gets the same successor as the first one, so a grant never has two live lines of tokens. */
function deriveSuccessors(provider: OAuthProvider, rotation: RefreshRotation): void {
  const successors = new WeakMap<object, string>();
  const model = provider.RefreshToken.prototype as unknown as { generateTokenId(): string };
  const generate = model.generateTokenId;
  Object.assign(model, {
    async consume(this: { jti: string; grantId: string }) {
      successors.set(this, await rotation.rotate(this.jti, this.grantId));
    },
    generateTokenId(this: typeof model) {
      const rotated = Provider.ctx?.oidc.entities.RotatedRefreshToken;
      return (rotated && successors.get(rotated)) ?? generate.call(this);
    },
  });
}

/** The page of `form_post` needs an inline script, which our content security policy forbids. */
function advertiseQueryOnly(provider: OAuthProvider): void {
  provider.use(async (ctx, next) => {
    await next();
    const body: unknown = ctx.body;
    if (typeof body === 'object' && body !== null && 'response_modes_supported' in body) {
      body.response_modes_supported = ['query'];
    }
  });
}

/** An unavailable database is answered with 503 like everywhere else, and our own errors are logged. */
function reportFailures(provider: Provider): void {
  const outages = new WeakSet<object>();
  provider.on('server_error', (ctx, error) => {
    if (isOutage(error)) outages.add(ctx);
    logger.error({ err: error, path: ctx.path }, 'authorization server error');
  });
  provider.on('grant.error', setRetryAfter);
  provider.on('authorization.error', setRetryAfter);
  provider.use(async (ctx, next) => {
    await next();
    if (!outages.has(ctx)) return;
    ctx.status = 503;
    ctx.set('retry-after', '2');
  });
}

function setRetryAfter(ctx: KoaContextWithOIDC, error: unknown): void {
  const seconds = retryAfterOf(error);
  if (seconds !== undefined) ctx.set('retry-after', String(seconds));
}
