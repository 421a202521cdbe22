import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  stripe_secret_key: z.string().startsWith('sk_test_sandbox'),
  stripe_publishable_key: z.string().startsWith('pk_test_sandbox'),
  webhook_secret: z.string().startsWith('whsec_'),
  auth_signing_keys: z.object({ keys: z.array(z.record(z.string(), z.string())).min(1) }),
  operator: z.object({ email: z.string(), password: z.string().min(8) }),
});

/** Generated secrets of this machine. They are valid nowhere else. */
export type LocalSecrets = z.infer<typeof secretsSchema>;

/** Reads the secrets of an earlier start, or creates them. The file is readable by its owner only. */
export function loadSecrets(path: string): LocalSecrets {
  const text = findText(path);
  if (text !== undefined) return parseSecrets(text, path);
  const secrets = createSecrets();
  mkdirSync(dirname(path), { recursive: true });
  // Written to a second file and renamed: half a file would make the data that belongs to it unusable.
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return secrets;
}

function findText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseSecrets(text: string, path: string): LocalSecrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is damaged. Delete it to create new secrets, which revokes all sessions`);
  }
}

function createSecrets(): LocalSecrets {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' }) as Record<string, string>;
  return {
    stripe_secret_key: `sk_test_sandbox${randomBytes(16).toString('hex')}`,
    stripe_publishable_key: 'pk_test_sandbox',
    webhook_secret: `whsec_${randomBytes(24).toString('hex')}`,
    auth_signing_keys: {
      keys: [{ ...jwk, kid: `local-${randomBytes(4).toString('hex')}`, alg: 'ES256', use: 'sig' }],
    },
    operator: { email: 'operator@example.com', password: randomBytes(12).toString('base64url') },
  };
}
