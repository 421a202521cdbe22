import { setTimeout as sleep } from 'node:timers/promises';
import { POSTGRES_FAULTS } from '../support/faults/postgres-faults';
import { REDIS_FAULTS } from '../support/faults/redis-faults';
import { ROLES, type Role, type World } from './world';

export interface Fault {
  readonly name: string;
  inject(world: World): Promise<unknown>;
  heal(world: World): Promise<unknown>;
}

const nothing = () => Promise.resolve();
const now = (act: () => unknown) => Promise.resolve(act());

const redis: Fault[] = REDIS_FAULTS.map(({ name, inject, heal }) => ({
  name: `Redis ${name}`,
  inject: (world) => inject(world.redis),
  heal: (world) => heal(world.redis),
}));

const postgres: Fault[] = POSTGRES_FAULTS.map(({ name, inject, heal }) => ({
  name: `PostgreSQL ${name}`,
  inject: (world) => inject(world.postgres),
  heal: (world) => heal(world.postgres),
}));

const processes: Fault[] = ROLES.flatMap((role: Role) => [
  {
    name: `${role} is killed`,
    inject: (world: World) => world.kill(role),
    heal: (world: World) => world.startRole(role),
  },
  {
    name: `${role} is frozen`,
    inject: (world: World) => now(() => process.kill(world.pidOf(role), 'SIGSTOP')),
    heal: (world: World) => now(() => process.kill(world.pidOf(role), 'SIGCONT')),
  },
]);

const api = (name: string, fault: object): Fault => ({
  name: `Stripe ${name}`,
  inject: (world) => world.sandbox.faults({ api: fault }),
  heal: (world) => world.sandbox.faults({ api: null }),
});

const delivery = (name: string, fault: object): Fault => ({
  name: `deliveries are ${name}`,
  inject: (world) => world.sandbox.faults(fault),
  heal: (world) => world.sandbox.faults({ duplicate: 0, reorder: 0, delay_ms: 0 }),
});

const stripe: Fault[] = [
  api('is slow', { slow_ms: 3000 }),
  api('answers 429', { status: 429 }),
  api('answers 500', { status: 500, share: 0.7, seed: 1 }),
  api('loses replies', { drop_reply: true, share: 0.5, seed: 2 }),
  api('cuts connections', { cut: true, share: 0.5, seed: 3 }),
  {
    name: 'Stripe accepts connections and never answers',
    inject: ({ stripeProxy }) => now(() => stripeProxy.blackHole()),
    heal: ({ stripeProxy }) => now(() => stripeProxy.heal()),
  },
  {
    name: 'Stripe leaves all connections half-open',
    inject: ({ stripeProxy }) => now(() => stripeProxy.halfOpen()),
    heal: nothing,
  },
  delivery('doubled', { duplicate: 1 }),
  delivery('reordered', { reorder: 1 }),
  delivery('delayed', { delay_ms: 1500 }),
];

const everything: Fault = {
  name: 'everything is killed at once',
  inject: (world) =>
    Promise.all([...ROLES.map((role) => world.kill(role)), world.redis.server.kill()]).then(() => sleep(100)),
  heal: async (world) => {
    const down = REDIS_FAULTS.find(({ name }) => name === 'is down');
    await down?.heal(world.redis);
    await Promise.all(ROLES.map((role) => world.startRole(role)));
  },
};

export const FAULTS: readonly Fault[] = [...redis, ...postgres, ...processes, ...stripe, everything];
