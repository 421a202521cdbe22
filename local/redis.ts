import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { accessSync, constants } from 'node:fs';
import { dataFolder } from './paths';
import { freePort } from './ports';
import { stopProcess, findCommand, type StopStep } from './processes';
import { startService, type Service } from './service';

export interface RedisOptions {
  /** Folder of the append-only file, created if missing. */
  readonly dataDir: string;
  readonly port?: number;
  /** Deletes the folder when the server stops. */
  readonly temporary?: boolean;
  readonly onLog?: (text: string) => void;
}

/** One line with the ways to get a Redis, for messages about a missing one. */
export const REDIS_HINT =
  'to get one: apt install redis-server, brew install redis, docker compose up redis (and REDIS_URL), ' +
  'or without root on Debian/Ubuntu: npm run redis:fetch';

const READY_WITHIN_MS = 15_000;
const STOP_STEPS: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGTERM', waitMs: 4000 },
  { signal: 'SIGKILL', waitMs: 2000 },
];

/** The server on PATH, or the one from `npm run redis:fetch` in the data folder. Undefined when none works. */
export function findRedis(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = ['redis-server', 'valkey-server'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return [...candidates, join(dataFolder(env), 'redis-server', 'redis-server')].find(runs);
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return false;
  }
  return spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 5000 }).status === 0;
}

/**
 * Starts a Redis on 127.0.0.1, configured for Bull: no eviction, and an append-only file flushed every second. SIGKILL
 * loses at most that second, which the inbox still has. Undefined when the machine has no Redis.
 */
export async function startRedis(options: RedisOptions): Promise<Service | undefined> {
  const file = findRedis();
  if (file === undefined) return undefined;
  await mkdir(options.dataDir, { recursive: true });
  const stateFile = join(options.dataDir, 'server.json');
  await stopLeftover(stateFile);
  const port = options.port ?? (await freePort());
  const service = await startService({
    name: 'Redis',
    command: [file, ...serverFlags(options.dataDir, port)],
    cwd: options.dataDir,
    endSteps: STOP_STEPS,
    removeFolder: options.temporary === true ? options.dataDir : undefined,
    onLog: options.onLog,
    isReady: (pid) => isOwnServerReady(port, pid),
    readyWithinMs: READY_WITHIN_MS,
  });
  await writeFile(stateFile, JSON.stringify({ pid: service.pid, port }));
  return { ...service, port, url: `redis://127.0.0.1:${port}` };
}

function serverFlags(dataDir: string, port: number): string[] {
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: dataDir,
    daemonize: 'no',
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
  };
  return Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
}

/** Two servers would corrupt one append-only file, and Redis itself does not lock it. */
async function stopLeftover(stateFile: string): Promise<void> {
  const text = await readFile(stateFile, 'utf8').catch(() => undefined);
  const state = text === undefined ? undefined : parseState(text);
  if (state !== undefined) {
    const command = findCommand(state.pid);
    // Redis writes its address into its command line.
    if (command?.includes('-server') === true && command.includes(String(state.port))) {
      await stopProcess(state.pid, STOP_STEPS);
    }
  }
  await rm(stateFile, { force: true });
}

function parseState(text: string): { pid: number; port: number } | undefined {
  try {
    const { pid, port } = JSON.parse(text) as Record<string, unknown>;
    return typeof pid === 'number' && typeof port === 'number' ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

function isOwnServerReady(port: number, pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('INFO server\r\n'));
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => settle(false));
    // Another Redis on the port reports another process id. While this one loads its file, it answers -LOADING.
    socket.once('data', (data) => settle(data.toString().includes(`process_id:${pid}\r`)));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
