import { hkdfSync } from 'node:crypto';
import { errors, interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { SCOPES } from 'src/common/domain/scopes';
import type { AuthConfig } from 'src/config/app-config';
import type { AuthorizationChecks } from './authorization-checks';
import { createStorage, type StorageParts } from './storage';
import { renderError } from './error-page';

const DAY_SECONDS = 24 * 60 * 60;
const HOUR_SECONDS = 60 * 60;

/** A connection ends after a year, however often it is used (ASVS 10.4.8). */
export const CONNECTION_DAYS = 365;

export const OAUTH_PATHS = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  jwks: '/.well-known/jwks.json',
} as const;

export interface ProviderParts extends StorageParts {
  readonly config: AuthConfig;
  /** Whether there is such a user. */
  readonly userExists: (id: string) => Promise<boolean>;
  readonly checks: AuthorizationChecks;
}

/** Everything that this authorization server does, and (by leaving it off) does not. */
export function providerConfiguration({
  config,
  userExists,
  checks,
  ...storage
}: ProviderParts): Configuration {
  return {
    adapter: createStorage(storage),
    routes: OAUTH_PATHS,
    jwks: { keys: [...config.signingKeys] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['client_secret_post', 'client_secret_basic', 'none'],
    responseTypes: ['code'],
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: checks.byParameter,
    scopes: [...SCOPES],
    claims: {},
    // Clients without a secret prove themselves with PKCE. ChatGPT's Actions cannot do it: docs/adr/0016.
    pkce: { required: (_, client) => client.clientAuthMethod === 'none' },
    cookies: cookies(config),
    interactions: {
      url: (_, { uid }) => `/interaction/${uid}`,
      policy: interactionPolicy.base(),
    },
    discovery: { op_policy_uri: `${config.issuer}/privacy`, op_tos_uri: `${config.issuer}/terms` },
    features: features(config),
    findAccount: async (_, sub) =>
      (await userExists(sub)) ? { accountId: sub, claims: () => Promise.resolve({ sub }) } : undefined,
    // The token names its session, so it is revoked with it and not only when it expires.
    extraTokenClaims: (_, token) => ('grantId' in token ? { sid: token.grantId } : undefined),
    rotateRefreshToken: true,
    issueRefreshToken: (_, client) => Promise.resolve(client.grantTypeAllowed('refresh_token')),
    // The server keeps no sessions of its own (storage.ts): a connection lives as long as its grant.
    expiresWithSession: () => Promise.resolve(false),
    ttl: lifetimes(config),
    renderError,
  };
}

function features(config: AuthConfig): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: false },
    resourceIndicators: resourceIndicators(config),
  };
}

function lifetimes(config: AuthConfig): NonNullable<Configuration['ttl']> {
  return {
    AccessToken: config.accessTokenSeconds,
    AuthorizationCode: 60,
    Grant: CONNECTION_DAYS * DAY_SECONDS,
    Interaction: HOUR_SECONDS,
    RefreshToken: config.refreshTokenDays * DAY_SECONDS,
    Session: HOUR_SECONDS,
  };
}

/** One API, the audience of every access token whether the client names it (RFC 8707) or not, as ChatGPT does not. */
function resourceIndicators({ audience, accessTokenSeconds }: AuthConfig) {
  return {
    enabled: true,
    defaultResource: () => Promise.resolve(audience),
    useGrantedResource: () => Promise.resolve(true),
    getResourceServerInfo: (_: KoaContextWithOIDC, resource: string) => {
      if (resource !== audience) throw new errors.InvalidTarget();
      return {
        scope: SCOPES.join(' '),
        audience,
        accessTokenFormat: 'jwt' as const,
        accessTokenTTL: accessTokenSeconds,
        jwt: { sign: { alg: 'ES256' as const } },
      };
    },
  };
}

/** Signed with a key derived from each signing key, so that they rotate together and no further secret is needed. */
function cookies({ signingKeys, issuer }: AuthConfig): Configuration['cookies'] {
  const secure = issuer.startsWith('https://');
  const options = { httpOnly: true, sameSite: 'lax' as const, signed: true, secure };
  const keys = signingKeys.map(({ d }) =>
    Buffer.from(hkdfSync('sha256', d, '', 'course-companion oauth cookies', 32)).toString('base64url'),
  );
  return { keys, short: options, long: options };
}
