import './check-node';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadEnvFile } from './env-file';
import { findLocalFile } from './local-file';
import { dataFolder, DIST } from './paths';
import { loadSecrets } from './secrets';
import { backendEnv, withoutEmpty } from './settings';

/**
 * `npm run doctor`: runs the doctor command with the environment that `npm start` gives to the backend. Without a running
 * `npm start`, it checks the variables of the shell and of `.env`.
 */
function doctorEnv(): NodeJS.ProcessEnv {
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

loadEnvFile();
const { status } = spawnSync(process.execPath, [join(DIST, 'src/cli/doctor.js')], {
  env: doctorEnv(),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
