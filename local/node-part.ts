import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from './paths';
import type { LogFile } from './log-file';
import { stopProcess, type StopStep } from './processes';

export interface NodeProcessOptions {
  /** The built file, run with the same Node. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Pick<LogFile, 'write'>;
  /** Called for every complete line of standard output. */
  readonly onLine?: (line: string) => void;
  /** Aborts the wait and stops the process. */
  readonly signal?: AbortSignal;
}

/** A running process. `stop` sends SIGTERM and later SIGKILL, `kill` SIGKILL; both resolve when it has exited. */
export interface RunningPart {
  readonly pid: number;
  /** Resolves when the process has exited, for any reason, with one line that describes how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface NodePartOptions extends NodeProcessOptions {
  readonly name: string;
  /** Called repeatedly with the lines so far until it returns true. */
  readonly isReady: (lines: readonly string[]) => boolean | Promise<boolean>;
  readonly readyWithinMs?: number;
}

const ORPHAN_GUARD = join(PROJECT_ROOT, 'dist', 'local', 'orphan-guard.js');
/** Compiling 2,000 modules again is a fifth of a start. Node leaves a cache that it cannot write. */
const COMPILE_CACHE = join(PROJECT_ROOT, 'node_modules', '.cache', 'node-compile');
const READY_WITHIN_MS = 60_000;
const READY_POLL_MS = 25;
const STOPPED = 'the launcher is stopping';
const KEPT_LINES = 200;
const ASK_THEN_INSIST: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 2500 },
  { signal: 'SIGKILL', waitMs: 1000 },
];

/** Starts a built script in its own session (Ctrl-C reaches only the launcher); orphan-guard stops it with the launcher. */
export function startNodeProcess({ script, env, log, onLine }: NodeProcessOptions): RunningPart {
  const child = spawn(process.execPath, ['--enable-source-maps', '--require', ORPHAN_GUARD, script], {
    cwd: PROJECT_ROOT,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => log.write(text));
  }
  if (onLine !== undefined) createInterface({ input: child.stdout }).on('line', onLine);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // `close`, not `exit`: only then is the output complete in the log.
    child.once('close', (code, signal) =>
      resolve(signal === null ? `it exited with code ${code}` : `it was stopped by ${signal}`),
    );
  });
  const pid = child.pid ?? -1;
  const end = async (steps: readonly StopStep[]) => {
    if (pid > 0) await stopProcess(pid, steps);
    await ended;
  };
  return { pid, ended, stop: () => end(ASK_THEN_INSIST), kill: () => end(ASK_THEN_INSIST.slice(1)) };
}

/** Starts a long-running part and waits until it is ready. Stops it and rejects if it exits or is not ready in time. */
export async function startNodePart(options: NodePartOptions): Promise<RunningPart> {
  const lines: string[] = [];
  const part = startNodeProcess({
    ...options,
    onLine: (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      options.onLine?.(line);
    },
  });
  let failure: string | undefined;
  void part.ended.then((reason) => (failure = reason));
  const limit = options.readyWithinMs ?? READY_WITHIN_MS;
  const deadline = Date.now() + limit;
  while (failure === undefined) {
    if (await options.isReady(lines)) return part;
    if (Date.now() > deadline) failure = `it was not ready within ${limit / 1000} s`;
    if (options.signal?.aborted === true) failure = STOPPED;
    await sleep(READY_POLL_MS);
  }
  await part.kill();
  throw new Error(failure);
}

/** Runs a script to completion. Returns its last line; rejects unless it exits with code 0. */
export async function runNodeTask(options: NodeProcessOptions): Promise<string> {
  let last = '';
  const part = startNodeProcess({ ...options, onLine: (line) => (last = line.trim() || last) });
  const kill = () => void part.kill();
  options.signal?.addEventListener('abort', kill);
  const reason = await part.ended;
  options.signal?.removeEventListener('abort', kill);
  if (options.signal?.aborted === true) throw new Error(STOPPED);
  if (reason !== 'it exited with code 0') throw new Error(reason);
  return last;
}
