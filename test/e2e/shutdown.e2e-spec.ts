import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'node:http';
import { withClient } from '../../local/postgres';
import { httpGet, type HttpAnswer } from '../support/http-agent';
import { startFaultyPostgres, POSTGRES_FAULTS } from '../support/faults/postgres-faults';
import { TcpProxy } from '../support/faults/tcp-proxy';
import { ownRedis } from '../support/own-redis';
import { describeWithRedis } from '../support/redis';
import { SandboxControl } from '../support/sandbox-control';
import { startStack, type Stack, type StackProcess } from '../support/stack';
import { Student } from '../support/student';
import { deliver, eventBody } from '../support/webhook';

const DRAIN_MS = 1500;
/** The promise is 10 s. */
const GONE_WITHIN_MS = 13_000;

async function secondsToEnd(part: StackProcess): Promise<number> {
  const started = performance.now();
  process.kill(part.pid, 'SIGTERM');
  const ended = await Promise.race([part.ended, sleep(20_000, 'still running', { ref: false })]);
  expect(ended).not.toBe('still running');
  return performance.now() - started;
}

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('a web process that gets SIGTERM', () => {
  let stack: Stack;

  beforeEach(async () => {
    stack = await startStack({ workers: 0, env: { SHUTDOWN_DRAIN_MS: String(DRAIN_MS) } });
  }, 60_000);
  afterEach(() => stack.stop());

  it('says 503 at /health/ready first, serves on, and answers every request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const answers: HttpAnswer[] = [];
    const failures: unknown[] = [];
    let sending = true;
    const clients = Array.from({ length: 8 }, async (_, index) => {
      const paths = ['/health/live', '/api/v1/payments/plans', '/nowhere', '/api/v1/chapters'];
      while (sending)
        await httpGet(`${stack.apiUrl}${paths[index % paths.length]}`, agent).then(
          (answer) => answers.push(answer),
          (error: unknown) => failures.push(error),
        );
    });
    await sleep(300);
    const before = answers.length;
    const gone = secondsToEnd(stack.web);
    await sleep(200);

    const ready = await httpGet(`${stack.apiUrl}/health/ready`, agent);
    expect([ready.status, ready.headers['connection']]).toEqual([503, 'close']);
    await sleep(DRAIN_MS / 2);
    expect(await canConnect(Number(new URL(stack.apiUrl).port))).toBe(true);
    sending = false;
    await Promise.all(clients);

    expect(failures).toEqual([]);
    expect(answers.length).toBeGreaterThan(before);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404, 401]));
    expect(await gone).toBeLessThan(GONE_WITHIN_MS);
    agent.destroy();
  }, 60_000);

  it('gives a slow request its answer after the port has closed', async () => {
    const student = await Student.register(stack.apiUrl);
    await new SandboxControl(stack.sandboxUrl).faults({ api: { slow_ms: DRAIN_MS + 1000, times: 1 } });
    const asking = student.post('/payments/create-checkout-session');
    await sleep(200);
    const gone = secondsToEnd(stack.web);

    expect((await asking).status).toBe(200);
    expect(await gone).toBeLessThan(GONE_WITHIN_MS);
  }, 60_000);
});

describeWithRedis('processes that get SIGTERM while Redis', () => {
  let redis: Awaited<ReturnType<typeof ownRedis>>;
  let stack: Stack;

  beforeEach(async () => {
    redis = await ownRedis();
  });
  afterEach(async () => {
    await stack.stop();
    await redis.kill();
  });

  it.each(['SIGSTOP', 'SIGKILL'] as const)(
    'is hung or gone mid-run (%s) exit in time',
    async (signal) => {
      stack = await startStack({ env: { REDIS_URL: redis.url } });
      process.kill(redis.pid, signal);
      await sleep(1000);

      const [worker] = stack.workers;
      if (worker === undefined) throw new Error('no worker');
      const times = await Promise.all([secondsToEnd(worker), secondsToEnd(stack.web)]);
      expect(Math.max(...times)).toBeLessThan(GONE_WITHIN_MS);
    },
    60_000,
  );

  it('is hung since they started exit in time', async () => {
    process.kill(redis.pid, 'SIGSTOP');
    stack = await startStack({ env: { REDIS_URL: redis.url } });

    const [worker] = stack.workers;
    if (worker === undefined) throw new Error('no worker');
    const times = await Promise.all([secondsToEnd(worker), secondsToEnd(stack.web)]);
    expect(Math.max(...times)).toBeLessThan(GONE_WITHIN_MS);
  }, 60_000);

  it('accepts connections and never answers exit in time', async () => {
    const proxy = await TcpProxy.start({ port: redis.port });
    stack = await startStack({ env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } });
    proxy.blackHole();

    const [worker] = stack.workers;
    if (worker === undefined) throw new Error('no worker');
    const times = await Promise.all([secondsToEnd(worker), secondsToEnd(stack.web)]);
    await proxy.stop();
    expect(Math.max(...times)).toBeLessThan(GONE_WITHIN_MS);
  }, 60_000);
});

describe('processes that get SIGTERM while PostgreSQL is frozen', () => {
  it('exit in time', async () => {
    const postgres = await startFaultyPostgres();
    const stack = await startStack({ env: { DATABASE_URL: postgres.url } });
    const [frozen] = POSTGRES_FAULTS;
    await frozen?.inject(postgres);
    const [worker] = stack.workers;
    if (worker === undefined) throw new Error('no worker');
    const times = await Promise.all([secondsToEnd(worker), secondsToEnd(stack.web)]);
    await frozen?.heal(postgres);
    await stack.stop();
    await postgres.stop();

    expect(Math.max(...times)).toBeLessThan(GONE_WITHIN_MS);
  }, 90_000);
});

describe('a busy API', () => {
  it('does not delay the answers to Stripe: webhooks have connections of their own', async () => {
    const stack = await startStack({ workers: 0, env: { DATABASE_POOL_SIZE: '2' } });
    try {
      const student = await Student.register(stack.apiUrl);
      await withClient(stack.databaseUrl, async (client) => {
        await client.query('BEGIN');
        await client.query('LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
        const waiting = Array.from({ length: 6 }, () => student.status());
        await sleep(200);
        const started = performance.now();
        const delivered = await deliver(
          stack.apiUrl,
          eventBody({ type: 'invoice.paid', object: { object: 'invoice' } }),
        );

        expect([delivered.status, performance.now() - started < 900]).toEqual([200, true]);
        expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([503]));
        await client.query('ROLLBACK');
      });
      expect((await student.status()).status).toBe(200);
    } finally {
      await stack.stop();
    }
  }, 60_000);
});
