import { readlink, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Service } from '../../../local/service';
import { ownRedis } from '../own-redis';
import type { TcpProxy } from './tcp-proxy';

/** A Redis behind a proxy, and a connection of the test's own that the proxy does not see. */
export interface FaultyRedis {
  server: Service;
  readonly proxy: TcpProxy;
  readonly admin: Redis;
}

export interface RedisFault {
  readonly name: string;
  inject(redis: FaultyRedis): Promise<unknown>;
  heal(redis: FaultyRedis): Promise<unknown>;
}

const nothing = () => Promise.resolve();
const config = ({ admin }: FaultyRedis, key: string, value: string) => admin.config('SET', key, value);
const signal = ({ server }: FaultyRedis, name: NodeJS.Signals) =>
  Promise.resolve(process.kill(server.pid, name));

async function startAgain(redis: FaultyRedis): Promise<void> {
  redis.server = await ownRedis({ port: redis.server.port });
}

/** A background save that fails makes Redis refuse writes: its folder is removed below it. */
async function failBackgroundSave({ admin, server }: FaultyRedis): Promise<void> {
  await rm(await readlink(`/proc/${server.pid}/cwd`), { recursive: true, force: true });
  await admin.config('SET', 'save', '3600 1');
  await admin.bgsave();
  while (/rdb_bgsave_in_progress:1/.test(await admin.info('persistence'))) await sleep(20);
  if (!/rdb_last_bgsave_status:err/.test(await admin.info('persistence'))) throw new Error('it was saved');
}

async function setPassword(redis: FaultyRedis): Promise<void> {
  await config(redis, 'requirepass', 'secret');
  redis.proxy.cut();
}

/** Everything that Redis does to a backend that uses it. Each is injected mid-run and healed afterwards. */
export const REDIS_FAULTS: readonly RedisFault[] = [
  { name: 'loses its script cache', inject: ({ admin }) => admin.script('FLUSH'), heal: nothing },
  { name: 'loses all data', inject: ({ admin }) => admin.flushall(), heal: nothing },
  {
    name: 'is killed and starts again empty',
    inject: async (redis) => {
      await redis.server.kill();
      await startAgain(redis);
    },
    heal: nothing,
  },
  {
    name: 'becomes a read-only replica',
    inject: ({ admin }) => admin.replicaof('127.0.0.1', 1),
    heal: ({ admin }) => admin.replicaof('NO', 'ONE'),
  },
  {
    name: 'is full',
    inject: (redis) => config(redis, 'maxmemory', '1'),
    heal: (redis) => config(redis, 'maxmemory', '0'),
  },
  {
    name: 'refuses writes because it cannot save',
    inject: failBackgroundSave,
    heal: (redis) => config(redis, 'stop-writes-on-bgsave-error', 'no'),
  },
  {
    name: 'asks for a password and closes connections',
    inject: setPassword,
    heal: (redis) => config(redis, 'requirepass', ''),
  },
  {
    name: 'pauses all clients',
    inject: ({ admin }) => admin.client('PAUSE', 6000, 'ALL'),
    heal: ({ admin }) => admin.client('UNPAUSE'),
  },
  {
    name: 'is frozen',
    inject: (redis) => signal(redis, 'SIGSTOP'),
    heal: (redis) => signal(redis, 'SIGCONT'),
  },
  {
    name: 'is down',
    inject: ({ server }) => server.kill(),
    heal: startAgain,
  },
  {
    name: 'answers slowly',
    inject: ({ proxy }) => Promise.resolve(proxy.slow(500)),
    heal: ({ proxy }) => Promise.resolve(proxy.heal()),
  },
  {
    name: 'accepts connections and never answers',
    inject: ({ proxy }) => Promise.resolve(proxy.blackHole()),
    heal: ({ proxy }) => Promise.resolve(proxy.heal()),
  },
  {
    name: 'closes all connections',
    inject: ({ proxy }) => Promise.resolve(proxy.cut()),
    heal: nothing,
  },
  {
    name: 'leaves all connections half-open',
    inject: ({ proxy }) => Promise.resolve(proxy.halfOpen()),
    heal: nothing,
  },
  {
    name: 'loses only the connections that wait for jobs',
    inject: ({ proxy }) => Promise.resolve(proxy.halfOpen('brpoplpush')),
    heal: nothing,
  },
];
