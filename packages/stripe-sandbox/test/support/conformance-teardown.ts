import { once } from 'node:events';

export default async function teardown(): Promise<void> {
  for (const child of globalThis.stripeSandboxProcesses ?? []) {
    const gone = once(child, 'close');
    child.kill('SIGTERM');
    await gone;
  }
}
