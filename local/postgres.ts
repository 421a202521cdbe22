import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client, escapeIdentifier } from 'pg';
import { freePort } from './ports';
import { getPostgresBinaries, getRootPrefix, type PostgresBinaries } from './postgres-binaries';
import { stopProcess, findCommand, type StopStep } from './processes';
import { startService, type Service } from './service';

export interface PostgresOptions {
  /** Created if missing, with its parents. Only one server can use it at a time. */
  readonly dataDir: string;
  readonly port?: number;
  /** The database of `url`, created if missing. Default `postgres`. */
  readonly database?: string;
  /** False turns off fsync: faster, but a crash of the machine loses data. For tests only. */
  readonly durable?: boolean;
  /** Deletes the folder when the server stops. */
  readonly temporary?: boolean;
  readonly maxConnections?: number;
  readonly onLog?: (text: string) => void;
}

const MAJOR_VERSION = '18';
const READY_WITHIN_MS = 60_000;
const FAST_THEN_KILL: readonly [StopStep, ...StopStep[]] = [
  { signal: 'SIGINT', waitMs: 5000 },
  { signal: 'SIGQUIT', waitMs: 2000 },
  { signal: 'SIGKILL', waitMs: 2000 },
];
const INITDB_FLAGS = [
  ...['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'],
  ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
];
const run = promisify(execFile);

/**
 * Starts the embedded PostgreSQL on 127.0.0.1 only, without passwords and without a socket file, whose path could exceed
 * 107 characters. A server that a killed start left in `dataDir` is stopped first. Committed data survives SIGKILL of all
 * processes unless `durable` is false.
 */
export async function startPostgres(options: PostgresOptions): Promise<Service> {
  const { dataDir } = options;
  await mkdir(dirname(dataDir), { recursive: true });
  const prefix = getRootPrefix();
  const binaries = getPostgresBinaries(`${dataDir}-lib`);
  await stopLeftover(dataDir);
  await initialise({ dataDir, binaries, prefix, durable: options.durable ?? true });
  const port = options.port ?? (await freePort());
  const service = await startService({
    name: 'PostgreSQL',
    command: toCommand([...prefix, binaries.postgres, ...serverFlags(options, port)]),
    env: serverEnv(binaries),
    cwd: dataDir,
    endSteps: FAST_THEN_KILL,
    removeFolder: options.temporary === true ? dataDir : undefined,
    onLog: options.onLog,
    isReady: async (pid) => (await isOwnServerReady(dataDir, pid)) && accepts(urlOf(port, 'postgres')),
    readyWithinMs: READY_WITHIN_MS,
  });
  const database = options.database ?? 'postgres';
  await createDatabase(port, database);
  return { ...service, port, url: urlOf(port, database) };
}

function serverFlags(options: PostgresOptions, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 100),
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Statements and the values of violated constraints hold email addresses.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(options.durable === false && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return [
    '-D',
    options.dataDir,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
}

const urlOf = (port: number, database: string) =>
  `postgresql://postgres@127.0.0.1:${port}/${encodeURIComponent(database)}`;

const toCommand = ([file = '', ...args]: readonly string[]): [string, ...string[]] => [file, ...args];

// PG* variables of the shell would affect the server and its tools, and so would its locale.
function serverEnv(binaries: PostgresBinaries): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(foreign), LC_ALL: 'C', ...binaries.env };
}

interface Initialisation {
  readonly dataDir: string;
  readonly binaries: PostgresBinaries;
  readonly prefix: readonly string[];
  readonly durable: boolean;
}

async function initialise({ dataDir, binaries, prefix, durable }: Initialisation): Promise<void> {
  const versionFile = join(dataDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim();
    if (version === MAJOR_VERSION) return;
    throw new Error(
      `${dataDir} was created by PostgreSQL ${version}, and this is ${MAJOR_VERSION}: move the folder away first`,
    );
  }
  // Created beside its final path and renamed, so that a killed start leaves no incomplete folder.
  const unfinished = `${dataDir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const flags = [...INITDB_FLAGS, ...(durable ? [] : ['--no-sync']), '-D', unfinished];
  const [file, ...args] = toCommand([...prefix, binaries.initdb, ...flags]);
  await run(file, args, { env: serverEnv(binaries) });
  await rename(unfinished, dataDir);
}

/** A launcher that is killed together with its reaper leaves a server that uses the folder. */
async function stopLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  const command = Number.isNaN(pid) ? undefined : findCommand(pid);
  if (command?.includes('postgres') === true && command.includes(dataDir)) {
    await stopProcess(pid, FAST_THEN_KILL);
  }
  // The id may now belong to another program, and PostgreSQL would then refuse to start.
  await rm(pidFile, { force: true });
}

// The server writes its id and state into its folder. A query alone could reach another server on the same port.
async function isOwnServerReady(dataDir: string, pid: number): Promise<boolean> {
  const state = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  return state.startsWith(`${pid}\n`) && /^ready\s*$/m.test(state);
}

async function accepts(connectionString: string): Promise<boolean> {
  return withClient(connectionString, (client) => client.query('SELECT 1')).then(
    () => true,
    () => false,
  );
}

async function createDatabase(port: number, name: string): Promise<void> {
  await withClient(urlOf(port, 'postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  });
}

/** Runs `work` on a separate connection. */
export async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  // A stopping server also reports it here; the query rejects anyway.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
