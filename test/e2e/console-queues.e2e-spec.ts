import { Redis } from 'ioredis';
import { TestApp } from '../support/app';
import type { Form } from '../support/form';
import { newBrowser } from '../support/oauth';
import { cookieHeader, operatorBrowser } from '../support/operator-browser';
import { ownRedis } from '../support/own-redis';
import { rawRequest } from '../support/raw-request';
import { describeWithRedis } from '../support/redis';
import { routedPaths } from '../support/route-tree';
import { eventually } from '../support/wait';
import { buy } from '../support/purchase';

interface Job {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Board {
  readonly queues: readonly {
    readonly name: string;
    readonly readOnlyMode: boolean;
    readonly counts: Readonly<Record<string, number>>;
    readonly jobs: readonly Job[];
  }[];
}

describeWithRedis('the queues in the console of operators', () => {
  let app: TestApp;
  let redis: Awaited<ReturnType<typeof ownRedis>>;
  let operator: Form;

  beforeAll(async () => {
    redis = await ownRedis();
    // No worker runs, so that jobs stay in the queue.
    app = await TestApp.start({ redisUrl: redis.url, worker: false });
    operator = (await operatorBrowser(app)).browser;
  });
  afterAll(async () => {
    await app.stop();
    await redis.stop();
  });

  const get = (path: string, headers: Record<string, string> = cookieHeader(operator), method = 'GET') =>
    rawRequest(app.apiUrl, path, { method, headers: { accept: '*/*', ...headers } });
  const board = async () =>
    JSON.parse((await get('/docs/queues/api/queues?activeQueue=webhooks')).body) as Board;

  it('show jobs that contain only ids', async () => {
    await buy(app);
    await eventually(async () => expect((await board()).queues[0]?.jobs.length).toBeGreaterThan(0));

    const [queue, ...others] = (await board()).queues;
    expect(others).toEqual([]);
    expect(queue).toMatchObject({ name: 'webhooks', readOnlyMode: true });
    for (const { name, data } of queue?.jobs ?? []) {
      expect(name).toMatch(/^[a-z_.]+ evt_\w+$/);
      expect(Object.keys(data)).toEqual(['id']);
    }
    const text = JSON.stringify(await board());
    expect(text).not.toMatch(/@|cus_|Ada|card|4242/);
  });

  it('show one job', async () => {
    const [job] = (await board()).queues[0]?.jobs ?? [];
    const { status, body } = await get(`/docs/queues/api/queues/webhooks/${job?.id}`);

    expect([status, JSON.parse(body)]).toEqual([
      200,
      expect.objectContaining({ status: 'waiting', job: expect.objectContaining({ id: job?.id }) as object }),
    ]);
    expect((await get('/docs/queues/api/queues/webhooks/unknown')).status).toBe(404);
    expect((await get('/docs/queues/api/queues/unknown/1')).status).toBe(404);
  });

  it('have a page that loads only files of this server', async () => {
    for (const path of ['/docs/queues', '/docs/queues/', '/docs/queues/queue/webhooks']) {
      const { status, body, headers } = await get(path);

      expect(status).toBe(200);
      expect(body).not.toMatch(/https?:|style=|<style|<script>/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
      const files = [...body.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => file);
      expect(files.length).toBeGreaterThan(3);
      for (const file of files) expect((await get(`/docs/queues/${file}`)).status).toBe(200);
    }
  });

  it('are read-only: no route changes anything', async () => {
    const [job] = (await board()).queues[0]?.jobs ?? [];
    const acts = [
      ['PUT', '/docs/queues/api/queues/pause'],
      ['PUT', '/docs/queues/api/queues/webhooks/pause'],
      ['PUT', '/docs/queues/api/queues/webhooks/empty'],
      ['PUT', '/docs/queues/api/queues/webhooks/obliterate'],
      ['PUT', '/docs/queues/api/queues/webhooks/retry/failed'],
      ['PUT', `/docs/queues/api/queues/webhooks/${job?.id}/clean`],
      ['PUT', `/docs/queues/api/queues/webhooks/${job?.id}/promote`],
      ['PATCH', `/docs/queues/api/queues/webhooks/${job?.id}/update-data`],
      ['POST', '/docs/queues/api/queues/webhooks/add'],
    ] as const;

    for (const [method, path] of acts) {
      const { status } = await get(
        path,
        { ...cookieHeader(operator), 'sec-fetch-site': 'same-origin' },
        method,
      );
      expect([method, path, status]).toEqual([method, path, 404]);
    }
    expect((await board()).queues[0]?.jobs.map(({ id }) => id)).toContain(job?.id);
  });

  it('reject visitors without a session and students on every route', async () => {
    const student = (await newBrowser(app)).browser;
    const paths = routedPaths(app.web).filter((path) => path.startsWith('/docs/queues'));

    expect(paths).toEqual(
      expect.arrayContaining([
        '/docs/queues',
        '/docs/queues/api/queues',
        '/docs/queues/static/favicon-32x32.png',
      ]),
    );
    for (const path of paths) {
      const url = path.replaceAll(/:\w+|\*/g, 'x');
      expect([path, (await get(url, {})).status]).toEqual([path, 401]);
      expect([path, (await get(url, cookieHeader(student))).status]).toEqual([path, 403]);
    }
  });

  it('serve no files from outside the dashboard', async () => {
    for (const path of ['../index.ejs', '..%2findex.ejs', '%2e%2e/index.ejs', '../../package.json']) {
      expect([path, (await get(`/docs/queues/static/${path}`)).status]).toEqual([path, 404]);
    }
  });

  it('answer 503 within seconds while Redis accepts commands without answering', async () => {
    const client = new Redis(redis.url);
    await client.client('PAUSE', 4_000, 'ALL');
    try {
      const { status, body } = await get('/docs/queues/api/queues');
      expect([status, JSON.parse(body)]).toEqual([
        503,
        expect.objectContaining({ code: 'service_unavailable' }),
      ]);
    } finally {
      client.disconnect();
    }
    await eventually(async () => expect((await get('/docs/queues/api/queues')).status).toBe(200));
  });

  it('answer 503 at once while Redis is down', async () => {
    await redis.stop();
    await eventually(async () => {
      const { status, headers, body } = await get('/docs/queues/api/queues');
      expect([status, headers['retry-after']]).toEqual([503, '2']);
      expect(JSON.parse(body)).toMatchObject({ code: 'service_unavailable' });
    });
    expect((await get('/docs/queues')).status).toBe(200);
  });
});
