import { readOptions } from './env';
import { createSandbox } from './index';

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

main().catch((error: NodeJS.ErrnoException) => {
  const reason = error.code === 'EADDRINUSE' ? `the port is taken (${error.message})` : error.message;
  process.stderr.write(`stripe-sandbox: ${reason}\n`);
  process.exit(1);
});
