import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { withClient } from '../../local/postgres';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';

// Nothing listens on port 1, so these tests need neither Stripe nor Redis.
const NOBODY = { STRIPE_API_BASE: 'http://127.0.0.1:1' };

describe('health', () => {
  let database: TestDatabase;
  const apps: NestFastifyApplication[] = [];

  const start = async (databaseUrl: string, env: Record<string, string> = {}) => {
    const app = await createHttpApp(testConfig({ databaseUrl, env: { ...NOBODY, ...env } }));
    apps.push(app);
    return app;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
  });

  it('reports liveness without accessing a dependency', async () => {
    const answer = await (await start(database.url)).inject({ url: '/health/live' });

    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is ready but degraded without Redis', async () => {
    const answer = await (await start(database.url)).inject({ url: '/health/ready' });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      status: 'degraded',
      checks: { postgres: 'up', migrations: 'applied', redis: 'not_configured' },
    });
  });

  it('is degraded, not unavailable, when Redis is down', async () => {
    const app = await start(database.url, { REDIS_URL: 'redis://127.0.0.1:1' });
    const answer = await app.inject({ url: '/health/ready' });

    expect([answer.statusCode, answer.json<{ checks: { redis: string } }>().checks.redis]).toEqual([
      200,
      'down',
    ]);
  });

  it('is not ready while the schema is older than the code', async () => {
    const young = await createTestDatabase();
    const app = await start(young.url);
    await app.inject({ url: '/health/ready' });
    await withClient(young.url, (client) =>
      client.query('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)'),
    );
    const answer = await app.inject({ url: '/health/ready' });
    await app.close();
    apps.splice(apps.indexOf(app), 1);
    await young.drop();

    expect([answer.statusCode, answer.json<{ checks: { migrations: string } }>().checks.migrations]).toEqual([
      503,
      'pending',
    ]);
  });

  it('is not ready but still live when PostgreSQL is down', async () => {
    const doomed = await createTestDatabase();
    const app = await start(doomed.url);
    await doomed.drop();
    const ready = await app.inject({ url: '/health/ready' });
    const live = await app.inject({ url: '/health/live' });

    expect([ready.statusCode, ready.json<{ checks: object }>().checks]).toEqual([
      503,
      { postgres: 'down', migrations: 'unknown', redis: 'not_configured' },
    ]);
    expect(live.statusCode).toBe(200);
  });

  it('answers an unknown path with a problem document and the request id', async () => {
    const app = await start(database.url);
    const answer = await app.inject({
      url: '/nowhere?token=secret',
      headers: { 'x-request-id': 'abc-12345' },
    });

    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'not_found', instance: '/nowhere', request_id: 'abc-12345' });
    expect(answer.headers['x-request-id']).toBe('abc-12345');
  });
});
