import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { accessSync, constants } from 'node:fs';
import { dataFolder } from './paths';
import { freePort } from './ports';
import { endProcess, findCommand, type EndStep } from './processes';
import { startService, type Service } from './service';

export interface RedisOptions {
  /** Created when missing; keeps the append-only file. */
  readonly dataDir: string;
  readonly port?: number;
  /** The folder is removed when the server stops. */
  readonly temporary?: boolean;
  readonly onLog?: (text: string) => void;
}

/** The ways to get a Redis, in one line, for whoever has to tell a person that there is none. */
export const REDIS_HINT =
  'to get one: apt install redis-server, brew install redis, docker compose up redis (and REDIS_URL), ' +
  'or without root on Debian/Ubuntu: npm run redis:fetch';

const READY_WITHIN_MS = 15_000;
const END_STEPS: readonly [EndStep, ...EndStep[]] = [
  { signal: 'SIGTERM', waitMs: 4000 },
  { signal: 'SIGKILL', waitMs: 2000 },
];

/** The server to start: on PATH, or the one `npm run redis:fetch` put into the data folder. Undefined when none runs. */
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
 * Starts a Redis of our own on 127.0.0.1, set up for Bull: append-only file flushed every second (a SIGKILL loses at
 * most that second, and the inbox has it), nothing evicted. Undefined when the machine has no Redis.
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
    endSteps: END_STEPS,
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

/** Two servers on one append-only file would ruin it, and Redis itself holds no lock. */
async function stopLeftover(stateFile: string): Promise<void> {
  const text = await readFile(stateFile, 'utf8').catch(() => undefined);
  const state = text === undefined ? undefined : parseState(text);
  if (state !== undefined) {
    const command = findCommand(state.pid);
    // Redis writes its address into its command line.
    if (command?.includes('-server') === true && command.includes(String(state.port))) {
      await endProcess(state.pid, END_STEPS);
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
    // Another Redis on the port names another process; while ours loads its file it answers -LOADING.
    socket.once('data', (data) => settle(data.toString().includes(`process_id:${pid}\r`)));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
