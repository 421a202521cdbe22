import { readCatalog } from './catalog';
import type { SandboxOptions } from './options';

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the SANDBOX_* variables. Throws one line that names the variable that is wrong. */
export function readOptions(env: Env): SandboxOptions {
  const key = env['SANDBOX_SECRET_KEY'] ?? 'sk_test_sandbox';
  if (!key.startsWith('sk_test_')) throw new Error('SANDBOX_SECRET_KEY must start with sk_test_');
  const catalog = env['SANDBOX_CATALOG'];
  const url = env['SANDBOX_WEBHOOK_URL'];
  const secret = env['SANDBOX_WEBHOOK_SECRET'];
  if (url && !secret) throw new Error('SANDBOX_WEBHOOK_URL needs SANDBOX_WEBHOOK_SECRET');
  const rule = readRule(env);
  return {
    port: readInteger(env, 'SANDBOX_PORT') ?? 12111,
    host: env['SANDBOX_HOST'] || '127.0.0.1',
    publicUrl: env['SANDBOX_PUBLIC_URL'] || undefined,
    snapshotPath: env['SANDBOX_SNAPSHOT'] || undefined,
    catalog:
      catalog && catalog !== 'premium' ? readCatalog(catalog) : catalog === 'premium' ? catalog : undefined,
    webhookUrl: url || undefined,
    webhookSecret: secret || undefined,
    delayFinalization: env['SANDBOX_DELAY_FINALIZATION'] === '1',
    keepDays: readInteger(env, 'SANDBOX_KEEP_DAYS'),
    ...(rule ? { afterRetries: rule } : {}),
    rateLimit: readInteger(env, 'SANDBOX_RATE_LIMIT'),
    seed: readInteger(env, 'SANDBOX_SEED'),
  };
}

const RULES = ['cancel', 'unpaid', 'past_due', 'pause'] as const;

function readRule(env: Env): SandboxOptions['afterRetries'] {
  const rule = env['SANDBOX_AFTER_RETRIES'];
  if (!rule) return undefined;
  const known = RULES.find((name) => name === rule);
  if (!known) throw new Error(`SANDBOX_AFTER_RETRIES must be one of ${RULES.join(', ')}`);
  return known;
}

function readInteger(env: Env, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} must be a whole number`);
  return Number(text);
}
