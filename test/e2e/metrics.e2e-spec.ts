import { freePort } from '../../local/ports';
import { PREFIX } from '../../src/metrics/metrics';
import { FACT_GAUGES } from '../../src/modules/monitoring/system-metrics.service';
import { TestApp } from '../support/app';
import { pay } from '../support/student';
import { eventually } from '../support/wait';

/** Absent while there is nothing to measure: no Redis, no sweep, no delivery yet. */
const MAY_BE_ABSENT = ['redis_up', 'reconcile_last_sweep_seconds', 'reconcile_last_poll_seconds'];

describe('metrics', () => {
  let app: TestApp;
  let workerUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    workerUrl = `http://127.0.0.1:${port}`;
    app = await TestApp.start({ worker: false });
    await app.startWorker({ WORKER_PORT: String(port) });
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 15_000 });
  });
  afterAll(() => app.stop());

  const read = async (url: string) => (await fetch(`${url}/metrics`)).text();
  const valueOf = (text: string, name: string) =>
    new RegExp(`^${PREFIX}${name} (\\S+)$`, 'm').exec(text)?.[1];

  it.each([
    ['web', () => app.apiUrl],
    ['worker', () => workerUrl],
  ])('of the %s process hold every fact', async (_, url) => {
    const text = await read(url());
    const absent = FACT_GAUGES.map(({ name }) => name).filter((name) => valueOf(text, name) === undefined);

    expect(absent.filter((name) => !MAY_BE_ABSENT.includes(name))).toEqual([]);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('count requests by route, without ids, and calls to Stripe by outcome', async () => {
    const text = await read(app.apiUrl);

    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/payments\/webhook",status="200"\} \d/,
    );
    expect(text).toMatch(/stripe_call_duration_seconds_count\{outcome="answered"\} \d/);
    expect(text).not.toMatch(/cs_test_|cus_|@/);
  });

  it('of the worker come with a health check that needs no dependency', async () => {
    const answer = await fetch(`${workerUrl}/health/live`);

    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
    expect((await fetch(`${workerUrl}/nowhere`)).status).toBe(404);
    expect((await fetch(`${workerUrl}/metrics`, { method: 'POST' })).status).toBe(405);
  });
});

describe('metrics for an address that is not allowed', () => {
  it('are not there', async () => {
    const port = await freePort();
    const app = await TestApp.start({ worker: false, env: { METRICS_ALLOW: '10.0.0.0/8' } });
    await app.startWorker({ WORKER_PORT: String(port) });

    expect((await fetch(`${app.apiUrl}/metrics`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(403);
    await app.stop();
  });
});
