import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DIST } from '../../../local/paths';
import { startPostgres, withClient } from '../../../local/postgres';
import type { Service } from '../../../local/service';
import { TcpProxy } from './tcp-proxy';

const run = promisify(execFile);

/** A migrated PostgreSQL of the test's own behind a proxy. */
export interface FaultyPostgres {
  server: Service;
  readonly dataDir: string;
  readonly proxy: TcpProxy;
  /** Through the proxy. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface PostgresFault {
  readonly name: string;
  /** False: the fault is over as soon as it has happened. */
  readonly lasts: boolean;
  inject(postgres: FaultyPostgres): Promise<unknown>;
  heal(postgres: FaultyPostgres): Promise<unknown>;
}

export async function startFaultyPostgres(): Promise<FaultyPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'course-companion-pg-'));
  // Durable: without synchronous commits an immediate stop loses the last acknowledged rows.
  const server = await startPostgres({ dataDir, durable: true, maxConnections: 200 });
  const proxy = await TcpProxy.start({ port: server.port });
  const url = new URL(server.url);
  await run(process.execPath, [join(DIST, 'src', 'cli', 'migrate.js')], {
    env: { ...process.env, DATABASE_URL: server.url },
  });
  url.port = String(proxy.port);
  const postgres: FaultyPostgres = {
    server,
    dataDir,
    proxy,
    url: url.href,
    stop: async () => {
      await proxy.stop();
      await postgres.server.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return postgres;
}

/** The server and all of its backends, which are children of it. */
async function processesOf(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(
    pids.map(async (child) => {
      const stat = await readFile(`/proc/${child}/stat`, 'utf8').catch(() => '');
      return [child, Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0])] as const;
    }),
  );
  const family = [pid];
  for (const member of family)
    family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  return family;
}

async function signal({ server }: FaultyPostgres, name: NodeJS.Signals): Promise<void> {
  for (const pid of await processesOf(server.pid)) {
    try {
      process.kill(pid, name);
    } catch {
      // A backend that ended since it was listed.
    }
  }
}

async function startAgain(postgres: FaultyPostgres): Promise<void> {
  const { dataDir } = postgres;
  postgres.server = await startPostgres({
    dataDir,
    durable: true,
    maxConnections: 200,
    port: postgres.server.port,
  });
}

const nothing = () => Promise.resolve();

/** What PostgreSQL and the way to it do to a backend. */
export const POSTGRES_FAULTS: readonly PostgresFault[] = [
  {
    name: 'is frozen',
    lasts: true,
    inject: (postgres) => signal(postgres, 'SIGSTOP'),
    heal: (postgres) => signal(postgres, 'SIGCONT'),
  },
  {
    name: 'accepts connections and never answers',
    lasts: true,
    inject: ({ proxy }) => Promise.resolve(proxy.blackHole()),
    heal: ({ proxy }) => Promise.resolve(proxy.heal()),
  },
  {
    name: 'leaves all connections half-open',
    lasts: false,
    inject: ({ proxy }) => Promise.resolve(proxy.halfOpen()),
    heal: nothing,
  },
  {
    name: 'closes all connections',
    lasts: false,
    inject: ({ proxy }) => Promise.resolve(proxy.cut()),
    heal: nothing,
  },
  {
    name: 'ends all backends',
    lasts: false,
    inject: ({ server }) =>
      withClient(server.url, (client) =>
        client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()'),
      ),
    heal: nothing,
  },
  {
    name: 'refuses connections',
    lasts: true,
    inject: ({ proxy }) => Promise.resolve(proxy.refuse()),
    heal: ({ proxy }) => Promise.resolve(proxy.heal()),
  },
  {
    name: 'stops immediately and starts again',
    lasts: false,
    inject: async (postgres) => {
      await postgres.server.kill();
      await startAgain(postgres);
    },
    heal: nothing,
  },
];
