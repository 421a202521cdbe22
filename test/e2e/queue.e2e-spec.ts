import Bull, { type Queue } from 'bull';
import { Redis } from 'ioredis';
import type { Service } from '../../local/service';
import { TestApp } from '../support/app';
import { ownRedis } from '../support/own-redis';
import { describeWithRedis } from '../support/redis';
import { eventually } from '../support/wait';
import { becomePremium, buy, untilPremium } from '../support/purchase';

const PREFIX = '{queue-test}';
/**
 * Of one purchase: session completed, subscription created, invoice finalized and paid, its payment paid, payment method
 * attached, customer updated.
 */
const HANDLED_EVENTS = 7;

interface EventRow {
  readonly status: string;
  readonly processed_by: string | null;
}

const rowsOf = (app: TestApp) =>
  app.sql<EventRow>(
    `SELECT status, processed_by FROM webhook_events WHERE status IN ('pending', 'processed')`,
  );

const settles = (app: TestApp) =>
  eventually(
    async () => expect((await rowsOf(app)).filter(({ status }) => status === 'pending')).toEqual([]),
    {
      timeoutMs: 10_000,
    },
  );

describeWithRedis('the queue, with Redis', () => {
  let redis: Service;
  let app: TestApp;
  let queue: Queue;
  let client: Redis;

  beforeEach(async () => {
    redis = await ownRedis();
    app = await TestApp.start({ redisUrl: redis.url, redisPrefix: PREFIX });
    queue = new Bull('webhooks', redis.url, { prefix: PREFIX });
    client = new Redis(redis.url);
  });
  afterEach(async () => {
    client.disconnect();
    await queue.close(true);
    await app.stop();
    await redis.stop();
  });

  it('runs every effect in a Bull processor', async () => {
    await becomePremium(app);
    // Premium opens with the first events; the others arrive a moment later.
    await eventually(async () => expect(await rowsOf(app)).toHaveLength(HANDLED_EVENTS));
    await settles(app);

    const by = (await rowsOf(app)).map(({ processed_by }) => processed_by);
    expect(new Set(by)).toEqual(new Set(['bull']));
  });

  it('carries ids only, and keeps finished jobs to look at', async () => {
    await queue.pause();
    const { student } = await buy(app);
    const jobs = await eventually(async () => {
      const paused = await queue.getJobs(['paused', 'waiting']);
      expect(paused.length).toBeGreaterThan(0);
      return paused;
    });
    expect(Object.keys(jobs[0]?.data as object)).toEqual(['id']);
    expect(await app.sql('SELECT 1 FROM webhook_events WHERE request_id IS NULL')).toEqual([]);

    await queue.resume();
    await untilPremium(student);
    await settles(app);
    await eventually(async () => {
      const { active, waiting, delayed, failed, completed } = await queue.getJobCounts();
      expect({ active, waiting, delayed, failed }).toEqual({ active: 0, waiting: 0, delayed: 0, failed: 0 });
      expect(completed).toBeGreaterThanOrEqual(HANDLED_EVENTS);
    });
  });

  it('pauses the effects while the queue is paused', async () => {
    await queue.pause();
    const { student } = await buy(app);
    await eventually(async () => expect(await rowsOf(app)).toHaveLength(HANDLED_EVENTS));
    // Longer than the dispatcher's hold: it hints again, and does not run anything itself.
    await new Promise((resolve) => setTimeout(resolve, 3500));

    expect(await student.isPremium()).toBe(false);
    expect((await rowsOf(app)).every(({ status }) => status === 'pending')).toBe(true);

    await queue.resume();
    await untilPremium(student);
    await settles(app);
    expect(new Set((await rowsOf(app)).map(({ processed_by }) => processed_by))).toEqual(new Set(['bull']));
  });

  it('loses nothing when Redis is flushed with work waiting', async () => {
    await queue.pause();
    const { student } = await buy(app);
    await eventually(async () => expect(await rowsOf(app)).toHaveLength(HANDLED_EVENTS));

    await client.flushall();

    await untilPremium(student);
    await settles(app);
  });

  it('answers Stripe and gives access while Redis is dead, and uses Bull again afterwards', async () => {
    const port = Number(new URL(redis.url).port);
    await client.call('SHUTDOWN', 'NOSAVE').catch(() => undefined);
    const { student } = await buy(app);
    await untilPremium(student);
    await settles(app);
    expect((await rowsOf(app)).some(({ processed_by }) => processed_by === 'dispatcher')).toBe(true);

    const again = await ownRedis({ port });
    try {
      await eventually(() => expect(client.status).toBe('ready'), { timeoutMs: 5000 });
      await app.sql('DELETE FROM webhook_events');
      await eventually(
        async () => {
          await becomePremium(app);
          expect((await rowsOf(app)).some(({ processed_by }) => processed_by === 'bull')).toBe(true);
        },
        { timeoutMs: 20_000 },
      );
    } finally {
      await again.stop();
    }
  });

  it('ignores a job that somebody made up', async () => {
    await queue.add('process-event', { id: 'DROP TABLE', generation: null }, { removeOnFail: true });
    await queue.add('process-event', { id: 987_654_321, generation: 0 }, { removeOnFail: true });

    await becomePremium(app);
  });
});

describe('without Redis', () => {
  it('makes the whole journey from the inbox', async () => {
    const app = await TestApp.start();
    try {
      await becomePremium(app);
      await settles(app);

      expect(new Set((await rowsOf(app)).map(({ processed_by }) => processed_by))).toEqual(
        new Set(['dispatcher']),
      );
    } finally {
      await app.stop();
    }
  });
});
