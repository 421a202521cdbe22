import { Redis } from 'ioredis';
import Stripe from 'stripe';
import { withClient } from '../../local/postgres';
import { REDIS_FAULTS, type FaultyRedis } from '../support/faults/redis-faults';
import { TcpProxy } from '../support/faults/tcp-proxy';
import { send } from '../support/http';
import { ownRedis } from '../support/own-redis';
import { describeWithRedis } from '../support/redis';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { eventually } from '../support/wait';

/** From payment to premium while Redis is of no use. */
const WITHIN_MS = 12_000;

/** Real processes, one Redis fault after another: the main job goes on during each, and Bull does it again afterwards. */
describeWithRedis('when Redis', () => {
  let redis: FaultyRedis;
  let stack: Stack;
  let stripe: Stripe;

  beforeAll(async () => {
    const server = await ownRedis();
    const proxy = await TcpProxy.start({ port: server.port });
    redis = { server, proxy, admin: new Redis(server.url, { maxRetriesPerRequest: null }) };
    redis.admin.on('error', () => undefined);
    stack = await startStack({ env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } });
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    stripe = new Stripe('sk_test_sandbox', {
      host,
      port: Number(port),
      protocol: 'http',
      telemetry: false,
    });
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
    redis.admin.disconnect();
    await redis.proxy.stop();
    await redis.server.kill();
  });

  async function paid(): Promise<Student> {
    const student = await Student.register(stack.apiUrl);
    await pay(stripe, (await student.checkout()).sessionId);
    return student;
  }

  const becomesPremium = (student: Student) =>
    eventually(async () => expect(await student.isPremium()).toBe(true), {
      timeoutMs: WITHIN_MS,
      intervalMs: 50,
    });

  const sql = <T extends object>(text: string) =>
    withClient(stack.databaseUrl, async (client) => (await client.query<T>(text)).rows);

  /** Purchases until one of them has been run by Bull. */
  const bullWorks = () =>
    eventually(
      async () => {
        await sql(`DELETE FROM webhook_events WHERE status <> 'pending'`);
        await becomesPremium(await paid());
        expect(await sql(`SELECT 1 FROM webhook_events WHERE processed_by = 'bull'`)).not.toEqual([]);
      },
      { timeoutMs: 20_000, intervalMs: 200 },
    );

  const nothingIsPending = () =>
    eventually(
      async () => expect(await sql(`SELECT id FROM webhook_events WHERE status = 'pending'`)).toEqual([]),
      { timeoutMs: WITHIN_MS, intervalMs: 50 },
    );

  it('refuses writes, readiness says that it is degraded and stays 200', async () => {
    const ready = () => send('GET', `${stack.apiUrl}/health/ready`);
    await redis.admin.config('SET', 'maxmemory', '1');
    try {
      const { status, body } = await ready();
      expect([status, body['status']]).toEqual([200, 'degraded']);
    } finally {
      await redis.admin.config('SET', 'maxmemory', '0');
    }
    expect((await ready()).body['status']).toBe('ok');
  });

  it.each(REDIS_FAULTS)(
    '$name, students who pay become premium and Bull works again afterwards',
    async ({ inject, heal }) => {
      await bullWorks();

      await inject(redis);
      try {
        await becomesPremium(await paid());
      } finally {
        await heal(redis);
      }

      await nothingIsPending();
      await bullWorks();
      expect(stack.workers).toHaveLength(1);
    },
    60_000,
  );
});
