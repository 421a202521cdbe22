import { Redis } from 'ioredis';
import Stripe from 'stripe';
import { freePort } from '../../local/ports';
import { withClient } from '../../local/postgres';
import { startFaultyPostgres, type FaultyPostgres } from '../support/faults/postgres-faults';
import type { FaultyRedis } from '../support/faults/redis-faults';
import { TcpProxy } from '../support/faults/tcp-proxy';
import { ownRedis } from '../support/own-redis';
import { SandboxControl } from '../support/sandbox-control';
import { startStack, type Stack, type StackProcess } from '../support/stack';

export type Role = 'web-1' | 'web-2' | 'worker-1' | 'worker-2';
export const ROLES: readonly Role[] = ['web-1', 'web-2', 'worker-1', 'worker-2'];

/** Two web and two worker processes, PostgreSQL, Redis and the sandbox, each behind a proxy. */
export class World {
  private readonly processes = new Map<Role, StackProcess>();
  private readonly expectedExits = new Set<StackProcess>();
  /** Processes that ended although nobody killed them. */
  readonly deaths: string[] = [];

  private constructor(
    readonly stack: Stack,
    readonly postgres: FaultyPostgres,
    readonly redis: FaultyRedis,
    readonly stripeProxy: TcpProxy,
    private readonly front: { readonly proxy: TcpProxy; readonly ports: readonly [number, number] },
  ) {}

  static async start(): Promise<World> {
    const ports: [number, number] = [0, await freePort()];
    let turn = 0;
    const front = await TcpProxy.start(() => ({ port: ports[turn++ % 2] ?? 0 }));
    let sandboxPort = 0;
    const stripeProxy = await TcpProxy.start(() => ({ port: sandboxPort }));
    const postgres = await startFaultyPostgres();
    const server = await ownRedis();
    const proxy = await TcpProxy.start({ port: server.port });
    const admin = new Redis(server.url, { maxRetriesPerRequest: null });
    admin.on('error', () => undefined);
    const stack = await startStack({
      workers: 0,
      onPorts: (own) => {
        ports[0] = own.web;
        sandboxPort = own.sandbox;
      },
      env: {
        PUBLIC_URL: `http://127.0.0.1:${front.port}`,
        DATABASE_URL: postgres.url,
        REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
        STRIPE_API_BASE: `http://127.0.0.1:${stripeProxy.port}`,
        LOG_LEVEL: 'warn',
      },
    });
    const world = new World(stack, postgres, { server, proxy, admin }, stripeProxy, { proxy: front, ports });
    world.watch('web-1', stack.web);
    for (const role of ROLES.slice(1)) await world.startRole(role);
    return world;
  }

  /** Through the proxy that chooses a web process for each connection. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.front.proxy.port}`;
  }

  get stripe(): Stripe {
    const { hostname: host, port } = new URL(this.stack.sandboxUrl);
    return new Stripe('sk_test_sandbox', { host, port: Number(port), protocol: 'http', telemetry: false });
  }

  get sandbox(): SandboxControl {
    return new SandboxControl(this.stack.sandboxUrl);
  }

  pidOf(role: Role): number {
    const process = this.processes.get(role);
    if (process === undefined) throw new Error(`${role} is not running`);
    return process.pid;
  }

  async kill(role: Role): Promise<void> {
    const victim = this.processes.get(role);
    if (victim === undefined) return;
    this.expectedExits.add(victim);
    await this.stack.kill(victim);
  }

  async startRole(role: Role): Promise<void> {
    if (role === 'web-1') {
      await this.stack.startWeb();
      this.watch(role, this.stack.web);
    } else if (role === 'web-2') this.watch(role, await this.stack.startAnotherWeb(this.front.ports[1]));
    else this.watch(role, await this.stack.startWorker());
  }

  sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    return withClient(this.postgres.server.url, async (client) => (await client.query<T>(text, values)).rows);
  }

  async stop(): Promise<void> {
    for (const process of this.processes.values()) this.expectedExits.add(process);
    await this.stack.stop();
    this.redis.admin.disconnect();
    for (const proxy of [this.front.proxy, this.stripeProxy, this.redis.proxy]) await proxy.stop();
    await this.redis.server.kill();
    await this.postgres.stop();
  }

  private watch(role: Role, process: StackProcess): void {
    this.processes.set(role, process);
    void process.ended.then((how) => {
      if (!this.expectedExits.has(process))
        this.deaths.push(`${role}: ${how}\n${process.log().slice(-1500)}`);
    });
  }
}
