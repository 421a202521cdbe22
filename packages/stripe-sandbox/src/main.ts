import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_VERSION } from './core/version';
import { readOptions } from './env';
import { HELP } from './help';
import { createSandbox } from './index';

const UNKNOWN_ARGUMENT = 2;

async function main(): Promise<void> {
  const sandbox = createSandbox(readOptions(process.env));
  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
    setTimeout(() => process.exit(0), 900).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const url = await sandbox.listen();
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
}

function run([argument]: readonly string[]): void {
  if (argument === undefined) {
    main().catch(fail);
  } else if (argument === '--help' || argument === '-h') {
    process.stdout.write(HELP);
  } else if (argument === '--version') {
    process.stdout.write(`stripe-sandbox ${packageVersion()}, Stripe API ${API_VERSION}\n`);
  } else {
    process.stderr.write(`stripe-sandbox: unknown argument ${argument}; run stripe-sandbox --help\n`);
    process.exitCode = UNKNOWN_ARGUMENT;
  }
}

function packageVersion(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function fail(error: NodeJS.ErrnoException): void {
  const reason =
    error.code === 'EADDRINUSE'
      ? `the port is in use (${error.message}); set SANDBOX_PORT to another one`
      : error.message;
  process.stderr.write(`stripe-sandbox: ${reason}\n`);
  process.exit(1);
}

run(process.argv.slice(2));
