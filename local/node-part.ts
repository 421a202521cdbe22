import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from './paths';
import type { LogFile } from './log-file';
import { endProcess, type EndStep } from './processes';

export interface NodeProcessOptions {
  /** The built file, run with this very Node. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Pick<LogFile, 'write'>;
  /** Called for every complete line of standard output. */
  readonly onLine?: (line: string) => void;
  /** Ends the wait and the process. */
  readonly signal?: AbortSignal;
}

/** A process of ours that is up. `stop` asks first and insists later, `kill` insists; both resolve when it is gone. */
export interface RunningPart {
  readonly pid: number;
  /** Resolves when the process is gone, asked or not, with one line that says how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface NodePartOptions extends NodeProcessOptions {
  readonly name: string;
  /** Asked again and again with the lines seen so far until it says true. */
  readonly isReady: (lines: readonly string[]) => boolean | Promise<boolean>;
  readonly readyWithinMs?: number;
}

const ORPHAN_GUARD = join(PROJECT_ROOT, 'dist', 'local', 'orphan-guard.js');
const READY_WITHIN_MS = 60_000;
const READY_POLL_MS = 25;
const STOPPED = 'everything is being stopped';
const KEPT_LINES = 200;
const ASK_THEN_INSIST: readonly EndStep[] = [
  { signal: 'SIGTERM', waitMs: 2500 },
  { signal: 'SIGKILL', waitMs: 1000 },
];

/** Starts a built script in a session of its own (Ctrl-C reaches only us), tied to our life by orphan-guard. */
export function startNodeProcess({ script, env, log, onLine }: NodeProcessOptions): RunningPart {
  const child = spawn(process.execPath, ['--enable-source-maps', '--require', ORPHAN_GUARD, script], {
    cwd: PROJECT_ROOT,
    env,
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
    // `close` and not `exit`: the last words are in the log by then.
    child.once('close', (code, signal) =>
      resolve(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`),
    );
  });
  const pid = child.pid ?? -1;
  const end = async (steps: readonly EndStep[]) => {
    if (pid > 0) await endProcess(pid, steps);
    await ended;
  };
  return { pid, ended, stop: () => end(ASK_THEN_INSIST), kill: () => end(ASK_THEN_INSIST.slice(1)) };
}

/** Starts a long-running part and waits until it is ready; one that ends or stays silent is stopped and rejected. */
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

/** Runs a script to its end; any other end than code 0 rejects. Returns what it printed last. */
export async function runNodeTask(options: NodeProcessOptions): Promise<string> {
  let last = '';
  const part = startNodeProcess({ ...options, onLine: (line) => (last = line.trim() || last) });
  const kill = () => void part.kill();
  options.signal?.addEventListener('abort', kill);
  const reason = await part.ended;
  options.signal?.removeEventListener('abort', kill);
  if (options.signal?.aborted === true) throw new Error(STOPPED);
  if (reason !== 'it ended with code 0') throw new Error(reason);
  return last;
}
