import type { SandboxOptions } from './options';
import { SandboxServer } from './server';

export type { Catalog, CatalogPrice, CatalogProduct } from './catalog';
export type { SandboxOptions } from './options';

/** A sandbox in this process. Call `listen()` before use and `close()` when done. */
export interface Sandbox {
  /** The base address, known once it listens. */
  readonly url: string;
  /** Starts listening and resolves with the base address. Rejects when the port is in use. */
  listen(): Promise<string>;
  /** Stops listening and delivering; saves the state when there is a file for it. */
  close(): Promise<void>;
  /** Moves business time and runs everything that falls due on the way: renewals, retries, expiry. */
  advance(seconds: number): void;
  /** Business time now, in seconds since the epoch. */
  now(): number;
  /** Back to an empty account at real time; the catalogue and the configured endpoint come back. */
  reset(): void;
}

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  return new SandboxServer(options);
}
