import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadEnvFile } from './env-file';
import { findLocalFile } from './local-file';
import { dataFolder, DIST } from './paths';
import { loadSecrets } from './secrets';
import { backendEnv, withoutEmpty } from './settings';

/**
 * Runs a command of the backend with the environment that `npm start` gives to the backend. Without a running `npm start`,
 * it gets the variables of the shell and of `.env`. Returns its exit code.
 */
export function runBackendCommand(script: string, args: readonly string[] = []): number {
  loadEnvFile();
  const { status } = spawnSync(process.execPath, [join(DIST, script), ...args], {
    env: commandEnv(),
    stdio: 'inherit',
  });
  return status ?? 1;
}

function commandEnv(): NodeJS.ProcessEnv {
  const data = dataFolder();
  const local = findLocalFile(join(data, 'local.json'));
  if (local === undefined) return process.env;
  return backendEnv(withoutEmpty(process.env), loadSecrets(join(data, 'secrets.json')), {
    webPort: Number(new URL(local.api_url).port),
    emailFolder: join(data, 'mail'),
    databaseUrl: local.database_url,
    redisUrl: local.redis_url ?? undefined,
    sandboxUrl: local.sandbox_url ?? undefined,
  });
}
