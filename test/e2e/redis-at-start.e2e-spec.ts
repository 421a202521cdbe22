import { Redis } from 'ioredis';
import Stripe from 'stripe';
import { withClient } from '../../local/postgres';
import { REDIS_FAULTS, type FaultyRedis } from '../support/faults/redis-faults';
import { TcpProxy } from '../support/faults/tcp-proxy';
import { ownRedis } from '../support/own-redis';
import { describeWithRedis } from '../support/redis';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { eventually } from '../support/wait';

const AT_START = new Set(['asks for a password and closes connections', 'is frozen', 'is down', 'is full']);

/** Real processes that start while Redis has a fault. */
describeWithRedis('processes that start while Redis', () => {
  let redis: FaultyRedis;
  let stack: Stack | undefined;

  beforeEach(async () => {
    const server = await ownRedis();
    const admin = new Redis(server.url, { maxRetriesPerRequest: null });
    admin.on('error', () => undefined);
    redis = { server, admin, proxy: await TcpProxy.start({ port: server.port }) };
  });
  afterEach(async () => {
    await stack?.stop();
    stack = undefined;
    redis.admin.disconnect();
    await redis.proxy.stop();
    await redis.server.kill();
  });

  async function buys({ apiUrl, sandboxUrl }: Stack): Promise<void> {
    const { hostname: host, port } = new URL(sandboxUrl);
    const options = { host, port: Number(port), protocol: 'http', telemetry: false } as const;
    const student = await Student.register(apiUrl);
    await pay(new Stripe('sk_test_sandbox', options), (await student.checkout()).sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), {
      timeoutMs: 12_000,
      intervalMs: 50,
    });
  }

  it.each(REDIS_FAULTS.filter(({ name }) => AT_START.has(name)))(
    '$name serve a purchase, and use Bull once it has recovered',
    async ({ inject, heal }) => {
      await redis.admin.ping();
      await inject(redis);
      stack = await startStack({ env: { REDIS_URL: `redis://127.0.0.1:${redis.proxy.port}` } });
      const { databaseUrl } = stack;
      await buys(stack);

      await heal(redis);
      await eventually(
        async () => {
          if (stack !== undefined) await buys(stack);
          const { rows } = await withClient(databaseUrl, (client) =>
            client.query(`SELECT 1 FROM webhook_events WHERE processed_by = 'bull'`),
          );
          expect(rows).not.toEqual([]);
        },
        { timeoutMs: 20_000, intervalMs: 200 },
      );
    },
    90_000,
  );

  it('covers every fault that it names', () => {
    expect(REDIS_FAULTS.filter(({ name }) => AT_START.has(name))).toHaveLength(AT_START.size);
  });
});
