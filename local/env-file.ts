import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './paths';

/** Adds the variables of `.env`, if there is one. Variables of the shell take precedence. */
export function loadEnvFile(): void {
  const path = join(PROJECT_ROOT, '.env');
  if (existsSync(path)) process.loadEnvFile(path);
}
