import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopProcess, type StopStep } from './processes';
import { startReaper } from './reaper';

/** A running service. `stop` is safe to call twice. */
export interface Service {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the process has exited, for any reason, with one line that describes how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
  /** Does not wait for clients or unfinished work. Committed data stays. */
  kill(): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly command: readonly [file: string, ...args: string[]];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly endSteps: readonly [StopStep, ...StopStep[]];
  /** Deletes the folder when the service stops. Refused outside the system's temporary folder. */
  readonly removeFolder?: string | undefined;
  readonly onLog?: ((text: string) => void) | undefined;
  /** Must identify this process: another server may answer on the same port. */
  readonly isReady: (pid: number) => Promise<boolean>;
  readonly readyWithinMs: number;
}

const LOG_TAIL = 4000;
const READY_POLL_MS = 15;

/** Starts a server as a child process and waits until it answers. Rejects with its last output when it does not. */
export async function startService(options: ServiceOptions): Promise<Omit<Service, 'url' | 'port'>> {
  const folder = temporaryFolder(options.removeFolder);
  const [file, ...args] = options.command;
  // Its own session: Ctrl-C must reach only the launcher, which first stops the parts that use the service.
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const tail = followLog(child, options.onLog);
  const ended = endOf(child);
  const pid = await pidOf(child, options.name);
  const reaper = startReaper({
    pid,
    signal: options.endSteps[0].signal,
    ...(folder === undefined ? {} : { removeFolder: folder }),
  });
  void ended.then(() => reaper.release());
  const end = async (steps: readonly StopStep[]) => {
    await stopProcess(pid, steps);
    await ended;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  const stop = () => end(options.endSteps);
  const failure = await untilReady(options, pid, ended);
  if (failure !== undefined) {
    await stop();
    throw new Error(`${options.name} did not start: ${failure}\n${tail().trim()}`);
  }
  return { pid, ended, stop, kill: () => end(options.endSteps.slice(1)) };
}

function temporaryFolder(folder: string | undefined): string | undefined {
  if (folder !== undefined && relative(tmpdir(), folder).startsWith('..')) {
    throw new Error(`${folder} is not a temporary folder: refusing to remove it`);
  }
  return folder;
}

function followLog(child: ChildProcess, onLog?: (text: string) => void): () => string {
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-LOG_TAIL);
      onLog?.(text);
    });
  }
  return () => tail;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `it exited with code ${code}` : `it was stopped by ${signal}`),
    );
  });
}

async function pidOf(child: ChildProcess, name: string): Promise<number> {
  if (child.pid !== undefined) return child.pid;
  throw new Error(`${name} did not start: ${await endOf(child)}`);
}

async function untilReady(
  options: ServiceOptions,
  pid: number,
  ended: Promise<string>,
): Promise<string | undefined> {
  let failure: string | undefined;
  void ended.then((reason) => (failure = reason));
  const deadline = Date.now() + options.readyWithinMs;
  while (failure === undefined) {
    if (await options.isReady(pid)) return undefined;
    if (Date.now() > deadline) return `no answer within ${options.readyWithinMs / 1000} s`;
    await sleep(READY_POLL_MS);
  }
  return failure;
}
