import type { LocalSecrets } from './secrets';

type Env = Readonly<NodeJS.ProcessEnv>;

/** True for the parts that the launcher starts, false for configured ones. */
export interface Plan {
  readonly postgres: boolean;
  readonly redis: boolean;
  readonly sandbox: boolean;
}

export interface Addresses {
  readonly webPort: number;
  /** Folder for emails while no mail server is configured. */
  readonly emailFolder: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Undefined when Stripe is configured. */
  readonly sandboxUrl: string | undefined;
}

const DEFAULT_PORTS = { PORT: 3000, SANDBOX_PORT: 12111 } as const;
const SANDBOX_PRICES = {
  STRIPE_PREMIUM_PRICE_ID: 'price_premium_monthly',
  STRIPE_PREMIUM_YEARLY_PRICE_ID: 'price_premium_yearly',
};

/** Removes empty values: they mean "not configured", as in a copied .env.example. */
export function withoutEmpty(env: Env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Embedded parts replace what is not configured. Either Stripe variable below switches the sandbox off. */
export function decidePlan(env: Env): Plan {
  return {
    postgres: env['DATABASE_URL'] === undefined,
    redis: env['REDIS_URL'] === undefined,
    sandbox: env['STRIPE_SECRET_KEY'] === undefined && env['STRIPE_API_BASE'] === undefined,
  };
}

/** The port in PORT or SANDBOX_PORT, or the default. Throws when the value is not a port. */
export function parsePort(env: Env, name: keyof typeof DEFAULT_PORTS): number {
  const port = Number(env[name] ?? DEFAULT_PORTS[name]);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${name} must be a port number, not "${env[name]}"`);
}

export const webUrl = (port: number) => `http://127.0.0.1:${port}`;

/** The environment of web, worker, migrations and operator account. Values that the person configured take precedence. */
export function backendEnv(env: Env, secrets: LocalSecrets, addresses: Addresses): NodeJS.ProcessEnv {
  const { webPort, emailFolder, databaseUrl, redisUrl, sandboxUrl } = addresses;
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PUBLIC_URL: webUrl(webPort),
    AUTH_SIGNING_KEYS: JSON.stringify(secrets.auth_signing_keys),
    MAIL_DIR: emailFolder,
    ...env,
    PORT: String(webPort),
    DATABASE_URL: databaseUrl,
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    ...(sandboxUrl !== undefined && {
      ...sandboxStripe(env, secrets),
      STRIPE_API_BASE: sandboxUrl,
    }),
  };
}

/** The variables that the person configured for the sandbox, so that the start can name them. */
export function configuredForSandbox(env: Env): string[] {
  return ['STRIPE_WEBHOOK_SECRET', ...Object.keys(SANDBOX_PRICES)].filter((name) => env[name] !== undefined);
}

/**
 * The sandbox signs its own deliveries, and `stripe listen` signs those that it forwards with a secret of its own: both
 * are accepted. A configured price replaces both prices of the sandbox, because both plans must belong to one product.
 */
function sandboxStripe(env: Env, secrets: LocalSecrets): NodeJS.ProcessEnv {
  const hasPrice = Object.keys(SANDBOX_PRICES).some((name) => env[name] !== undefined);
  const configuredSecret = env['STRIPE_WEBHOOK_SECRET'];
  return {
    STRIPE_SECRET_KEY: secrets.stripe_secret_key,
    STRIPE_PUBLISHABLE_KEY: env['STRIPE_PUBLISHABLE_KEY'] ?? secrets.stripe_publishable_key,
    STRIPE_WEBHOOK_SECRET: [configuredSecret, secrets.webhook_secret]
      .filter((one) => one !== undefined)
      .join(','),
    ...(hasPrice ? {} : SANDBOX_PRICES),
  };
}

export interface SandboxOptions {
  readonly port: number;
  readonly webPort: number;
  readonly snapshot: string;
}

export function sandboxEnv(env: Env, secrets: LocalSecrets, options: SandboxOptions): NodeJS.ProcessEnv {
  return {
    ...env,
    SANDBOX_PORT: String(options.port),
    SANDBOX_SECRET_KEY: secrets.stripe_secret_key,
    SANDBOX_SNAPSHOT: options.snapshot,
    SANDBOX_CATALOG: 'premium',
    SANDBOX_WEBHOOK_URL: `${webUrl(options.webPort)}/api/v1/payments/webhook`,
    SANDBOX_WEBHOOK_SECRET: secrets.webhook_secret,
  };
}
