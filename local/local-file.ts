import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** `.data/local.json` holds addresses for scripts. Its keys are valid for the sandbox only, never for a real account. */
export interface LocalFile {
  readonly api_url: string;
  /** Null when the environment configures Stripe; so are the two keys below. */
  readonly sandbox_url: string | null;
  readonly database_url: string;
  readonly redis_url: string | null;
  readonly stripe_secret_key: string | null;
  readonly webhook_secret: string | null;
  readonly operator: { readonly email: string; readonly password: string };
}

/** Writes the file atomically, readable by its owner only. */
export function writeLocalFile(path: string, content: LocalFile): void {
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function findLocalFile(path: string): LocalFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LocalFile;
  } catch {
    return undefined;
  }
}

export function removeLocalFile(path: string): void {
  rmSync(path, { force: true });
}
