import './check-node';
import { join } from 'node:path';
import { loadEnvFile } from './env-file';
import { AlreadyRunningError } from './launcher-lock';
import { Launcher } from './launcher';
import { findLocalFile } from './local-file';
import { dataFolder } from './paths';
import { watchParent } from './parent-watch';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (text: string) => void process.stderr.write(`\n${text}\n`);

/** `npm start` runs the whole product on this machine until Ctrl-C. */
async function main(): Promise<number> {
  loadEnvFile();
  if (process.env['NODE_ENV'] === 'production') {
    complain(
      'npm start is for development. In production run `npm run start:web` and `npm run start:worker`.',
    );
    return 1;
  }
  const data = dataFolder();
  const launcher = new Launcher({ env: process.env, data, print });
  const asked = stopRequest(() => void launcher.kill());
  try {
    const started = launcher.start();
    // A stop request makes the start reject later; then the request decides.
    started.catch(() => undefined);
    const first = await Promise.race([started.then(() => undefined), asked]);
    const outcome = first ?? (await Promise.race([asked, launcher.failed]));
    if (typeof outcome !== 'string') throw outcome;
    print(`\n${outcome}: stopping`);
    return 0;
  } catch (error) {
    complain(describe(error, data));
    return 1;
  } finally {
    await launcher.stop();
  }
}

/** Resolves with the reason of the first stop request; a second one stops without waiting. */
function stopRequest(onSecond: () => void): Promise<string> {
  return new Promise((resolve) => {
    let requests = 0;
    const request = (reason: string) => {
      requests += 1;
      if (requests === 2) onSecond();
      resolve(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => request(signal));
    }
    watchParent(() => request('npm exited'));
  });
}

function describe(error: unknown, data: string): string {
  if (error instanceof AlreadyRunningError) {
    const api = findLocalFile(join(data, 'local.json'))?.api_url;
    const where = api === undefined ? 'it is still starting' : `at ${api}`;
    return `${error.message}, ${where}. Stop it first, or use another data folder: DATA_DIR=.data-2 npm start`;
  }
  return error instanceof Error ? error.message : String(error);
}

// A closed terminal must not prevent stopping the parts.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(String(error));
    process.exit(1);
  },
);
