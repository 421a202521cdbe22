import { TestApp } from '../support/app';
import type { Form } from '../support/form';
import { cookieHeader, operatorBrowser } from '../support/operator-browser';
import { ownRedis } from '../support/own-redis';
import { rawRequest } from '../support/raw-request';
import { describeWithRedis } from '../support/redis';
import { SandboxControl } from '../support/sandbox-control';
import { pay } from '../support/student';
import { eventually } from '../support/wait';

interface BoardJob {
  readonly name: string;
  readonly attempts: number;
  readonly failedReason: string | null;
  readonly timestamp: number;
  readonly delay: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Row {
  readonly name: string;
  readonly attempts: number;
  readonly last_error: string;
  readonly next_attempt_at: Date;
}

type State = 'completed' | 'delayed' | 'failed';

/** What an operator sees on the queue dashboard while events fail, wait, succeed and die. */
describeWithRedis('the queue dashboard', () => {
  let redis: Awaited<ReturnType<typeof ownRedis>>;
  let app: TestApp;
  let operator: Form;
  let stripe: SandboxControl;

  beforeAll(async () => {
    redis = await ownRedis();
    app = await TestApp.start({ redisUrl: redis.url, env: { WEBHOOK_MAX_ATTEMPTS: '3' } });
    operator = (await operatorBrowser(app)).browser;
    stripe = new SandboxControl(app.sandbox.url);
  });
  afterAll(async () => {
    await app.stop();
    await redis.stop();
  });

  async function jobs(state: State): Promise<BoardJob[]> {
    const path = `/docs/queues/api/queues?activeQueue=webhooks&status=${state}&jobsPerPage=100`;
    const { body } = await rawRequest(app.apiUrl, path, {
      headers: { accept: '*/*', ...cookieHeader(operator) },
    });
    return (JSON.parse(body) as { queues: { jobs: BoardJob[] }[] }).queues[0]?.jobs ?? [];
  }

  const rows = (status: string) =>
    app.sql<Row>(
      `SELECT type || ' ' || event_id AS name, attempts + outages AS attempts, last_error, next_attempt_at
       FROM webhook_events WHERE status = $1 ORDER BY name`,
      [status],
    );

  /** A hint that Redis confirmed too late is given again: one event may have two jobs, both of which follow its row. */
  const names = (list: readonly { readonly name: string }[]) =>
    [...new Set(list.map(({ name }) => name))].sort();

  /** Stripe refuses reads in a way that counts as a failed attempt. */
  const breakReads = () => stripe.faults({ api: { status: 400, match: 'GET /v1/' } });
  const heal = () => stripe.faults({ api: null });

  it('shows a failing event as a delayed job with the attempt, the reason and the time of its row', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await breakReads();
    await pay(app.stripe, sessionId);

    await eventually(async () => {
      const [pending, delayed] = await Promise.all([rows('pending'), jobs('delayed')]);
      expect(pending.length).toBeGreaterThan(0);
      expect(names(delayed)).toEqual(names(pending));
      for (const row of pending) {
        const job = delayed.find(({ name }) => name === row.name);
        expect(job).toMatchObject({ attempts: row.attempts, failedReason: row.last_error });
        expect(Object.keys(job?.data ?? {})).toEqual(['id']);
      }
    });
  });

  it('shows it as failed, with the last reason, once it is dead', async () => {
    await eventually(
      async () => {
        const [dead, failed] = await Promise.all([rows('dead'), jobs('failed')]);
        expect(await rows('pending')).toEqual([]);
        expect(names(failed)).toEqual(names(dead));
        for (const row of dead)
          expect(failed.find(({ name }) => name === row.name)).toMatchObject({
            attempts: row.attempts,
            failedReason: row.last_error,
          });
        expect(await jobs('delayed')).toEqual([]);
      },
      { timeoutMs: 15_000 },
    );
    // Three events of one customer failed together: each has used its own budget.
    expect(await app.sql(`SELECT DISTINCT attempts FROM webhook_events WHERE status = 'dead'`)).toEqual([
      { attempts: 3 },
    ]);
    await heal();
  });

  it('shows a retry that succeeds as completed', async () => {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    await breakReads();
    await pay(app.stripe, sessionId);
    await eventually(async () => expect((await jobs('delayed')).length).toBeGreaterThan(0));
    await heal();

    await eventually(
      async () => {
        expect(await rows('pending')).toEqual([]);
        expect(await jobs('delayed')).toEqual([]);
        expect(names(await jobs('completed'))).toEqual(
          expect.arrayContaining(names(await rows('processed'))),
        );
      },
      { timeoutMs: 15_000 },
    );
    expect(await student.isPremium()).toBe(true);
    expect(
      await app.sql(`SELECT 1 FROM webhook_events WHERE status = 'processed' AND processed_by <> 'bull'`),
    ).toEqual([]);
  });
});
