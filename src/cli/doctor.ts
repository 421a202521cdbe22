import 'reflect-metadata';
import { startOrExit } from 'src/common/process/start-or-exit';
import { ConfigError, loadConfig, type AppConfig } from 'src/config/app-config';
import { exitCodeOf, formatFindings, type Finding } from 'src/common/domain/finding';
import { checkEmail } from './doctor/check-email';
import { checkPostgres } from './doctor/check-postgres';
import { checkRedis } from './doctor/check-redis';
import { checkStripe } from './doctor/check-stripe';
import { checkWeb } from './doctor/check-web';

/** `npm run doctor` checks the configuration and every dependency, and says how to fix what is wrong. Changes nothing. */
startOrExit('doctor', async () => {
  const findings = await examine();
  process.stdout.write(`${formatFindings(findings)}\n`);
  process.exitCode = exitCodeOf(findings);
});

async function examine(): Promise<Finding[]> {
  const config = findConfig();
  if (Array.isArray(config)) return config;
  const found = await Promise.all([
    checkPostgres(config.database),
    checkRedis(config.redis),
    checkStripe(config),
    checkWeb(config.http, config.stripe),
    checkEmail(config.mail),
  ]);
  return [{ level: 'ok', check: 'Configuration', text: 'complete' }, ...found.flat()];
}

/** Without a valid configuration there is nothing to connect to. */
function findConfig(): AppConfig | Finding[] {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((text) => ({
      level: 'error',
      check: 'Configuration',
      text,
      fix: '.env.example describes every variable',
    }));
  }
}
