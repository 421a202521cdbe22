import type { SandboxOptions } from './options';
import { SandboxServer } from './server';

export type { SandboxOptions } from './options';
export type { SandboxServer, SandboxServer as Sandbox } from './server';

/** A sandbox in this process. Call `listen()` before use and `close()` when done. */
export function createSandbox(options: SandboxOptions = {}): SandboxServer {
  return new SandboxServer(options);
}
