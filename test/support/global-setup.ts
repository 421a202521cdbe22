import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DIST } from '../../local/paths';
import { startPostgres, withClient } from '../../local/postgres';
import { findRedis, REDIS_HINT, startRedis } from '../../local/redis';
import type { Service } from '../../local/service';
import { TEMPLATE_DATABASE, TEST_ENV } from './test-env';

interface TestServices {
  readonly stop: () => Promise<void>;
}

declare global {
  // Setup and teardown are two modules of one jest process; this is the only thing they share.
  var courseCompanionTestServices: Promise<TestServices> | undefined;
}

const run = promisify(execFile);

/**
 * One PostgreSQL and one Redis for the whole run, in temporary folders. Jest calls this once per project that has
 * tests: the second call waits for the first. When jest is killed the services notice and stop by themselves.
 */
export default async function globalSetup(): Promise<void> {
  globalThis.courseCompanionTestServices ??= startTestServices();
  await globalThis.courseCompanionTestServices;
}

async function startTestServices(): Promise<TestServices> {
  const redis = await startTestRedis();
  const postgres = await startTestPostgres();
  process.env[TEST_ENV.postgresUrl] = postgres.url;
  if (redis !== undefined) process.env[TEST_ENV.redisUrl] = redis.url;
  await makeTemplate(postgres.url);
  return { stop: async () => void (await Promise.all([postgres.stop(), redis?.stop()])) };
}

async function startTestPostgres(): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'course-companion-pg-'));
  return startPostgres({
    dataDir,
    // Benchmarks compare commits, so they need real ones.
    durable: process.env['TEST_POSTGRES_DURABLE'] === '1',
    temporary: true,
    maxConnections: 300,
  });
}

async function startTestRedis(): Promise<Service | undefined> {
  if (findRedis() !== undefined) {
    return startRedis({ dataDir: await mkdtemp(join(tmpdir(), 'course-companion-redis-')), temporary: true });
  }
  if (process.env['REQUIRE_REDIS'] === '1')
    throw new Error(`REQUIRE_REDIS=1 and no redis-server: ${REDIS_HINT}`);
  process.stderr.write(`No redis-server found: tests that need one are skipped (${REDIS_HINT}).\n`);
  return undefined;
}

/** Migrations run once; every test database is a copy of the result. What went wrong is told to the first who asks. */
async function makeTemplate(serverUrl: string): Promise<void> {
  const migrate = join(DIST, 'src', 'cli', 'migrate.js');
  if (!existsSync(migrate)) {
    process.env[TEST_ENV.templateError] = 'dist/src/cli/migrate.js is missing: run `npm run build` first';
    return;
  }
  const url = new URL(serverUrl);
  url.pathname = `/${TEMPLATE_DATABASE}`;
  try {
    await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`));
    await run(process.execPath, [migrate], { env: { ...process.env, DATABASE_URL: url.href } });
    await withClient(serverUrl, (client) =>
      client.query(`ALTER DATABASE ${TEMPLATE_DATABASE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`),
    );
    process.env[TEST_ENV.template] = TEMPLATE_DATABASE;
  } catch (error) {
    process.env[TEST_ENV.templateError] = error instanceof Error ? error.message : String(error);
  }
}
