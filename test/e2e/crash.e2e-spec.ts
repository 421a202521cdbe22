import Stripe from 'stripe';
import { withClient } from '../../local/postgres';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { describeWithRedis } from '../support/redis';
import { eventually } from '../support/wait';
import { deliver, eventBody } from '../support/webhook';

interface Effects {
  readonly rows: number;
  readonly unfinished: number;
  readonly transitions: number;
  readonly crashes: number;
}

const EFFECTS = `
  SELECT (SELECT count(*)::int FROM webhook_events WHERE status IN ('pending', 'processed')) AS rows,
         (SELECT count(*)::int FROM webhook_events WHERE status NOT IN ('processed', 'ignored')) AS unfinished,
         (SELECT count(*)::int FROM entitlement_transitions) AS transitions,
         (SELECT coalesce(max(crashes), 0)::int FROM webhook_events) AS crashes`;

/** Of a customer that is not ours. */
const anInvoice = (n: number) => ({ id: `in_${n}`, object: 'invoice', customer: `cus_foreign_${n}` });

/** Real processes, killed with SIGKILL where it hurts. Each test ends with one effect: one transition to active. */
const suite = (redis: boolean) => () => {
  let stack: Stack;

  afterEach(() => stack.stop());

  const effects = (): Promise<Effects> =>
    withClient(stack.databaseUrl, async (client) => {
      const { rows } = await client.query<Effects>(EFFECTS);
      if (rows[0] === undefined) throw new Error('no answer');
      return rows[0];
    });

  async function start(options: Parameters<typeof startStack>[0]): Promise<Student> {
    stack = await startStack({ redis, ...options });
    return Student.register(stack.apiUrl);
  }

  function payInBackground(student: Student): Promise<void> {
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    const stripe = new Stripe('sk_test_sandbox', {
      host,
      port: Number(port),
      protocol: 'http',
      telemetry: false,
    });
    return student.checkout().then(({ sessionId }) => pay(stripe, sessionId));
  }

  const endsPremiumWithOneEffect = (student: Student) =>
    eventually(
      async () => {
        expect(await student.isPremium()).toBe(true);
        expect(await effects()).toMatchObject({ unfinished: 0, transitions: 1 });
      },
      { timeoutMs: 25_000, intervalMs: 100 },
    );

  // Without Redis there is no hint to die around.
  it.each([
    ['before the insert', 'web.before_insert', 0],
    ['after the insert, before the answer', 'web.after_insert', 1],
    ...(redis
      ? [
          ['after the answer, before the hint', 'web.before_hint', 1] as const,
          ['after the hint', 'web.after_hint', 1] as const,
        ]
      : []),
  ] as const)(
    'web dies %s',
    async (_, failpoint, stored) => {
      const student = await start({ env: { FAILPOINTS: failpoint } });
      const paying = payInBackground(student);
      await stack.web.ended;
      expect((await effects()).rows).toBeGreaterThanOrEqual(stored);

      await stack.startWeb({ FAILPOINTS: '' });
      await paying;

      await endsPremiumWithOneEffect(student);
    },
    60_000,
  );

  it.each([
    ['after a commit, before the answers', 'web.after_insert'],
    ...(redis
      ? [
          ['after the answers, before the hints', 'web.before_hint'] as const,
          ['after the hints', 'web.after_hint'] as const,
        ]
      : []),
  ] as const)(
    'web dies with a batch of events %s: each one that was answered is stored and processed',
    async (_, failpoint) => {
      stack = await startStack({ redis, workers: 0, env: { FAILPOINTS: failpoint } });
      const bodies = Array.from({ length: 60 }, (_unused, n) =>
        eventBody({ id: `evt_batch_${n}`, type: 'invoice.paid', object: anInvoice(n) }),
      );
      const answers = await Promise.allSettled(bodies.map((body) => deliver(stack.apiUrl, body)));
      await stack.web.ended;
      const acknowledged = answers.flatMap((answer, n) =>
        answer.status === 'fulfilled' && answer.value.status === 200 ? [`evt_batch_${n}`] : [],
      );
      const stored = await withClient(stack.databaseUrl, (client) =>
        client.query<{ event_id: string }>('SELECT event_id FROM webhook_events'),
      );
      expect(stored.rows.length).toBeGreaterThan(0);
      expect(stored.rows.map(({ event_id }) => event_id)).toEqual(expect.arrayContaining(acknowledged));

      await stack.startWeb({ FAILPOINTS: '' });
      await stack.startWorker();
      await Promise.all(bodies.map((body) => deliver(stack.apiUrl, body)));

      await eventually(async () => expect(await effects()).toMatchObject({ rows: 0, unfinished: 0 }), {
        timeoutMs: 25_000,
        intervalMs: 100,
      });
    },
    60_000,
  );

  it('worker dies before its transaction', async () => {
    const student = await start({ workers: 0 });
    const doomed = await stack.startWorker({ FAILPOINTS: 'worker.before_transaction' });
    await payInBackground(student);
    await doomed.ended;
    expect(await effects()).toMatchObject({ transitions: 0 });

    await stack.startWorker();

    await endsPremiumWithOneEffect(student);
    expect((await effects()).crashes).toBe(1);
  }, 60_000);

  it('worker dies after its transaction, before the queue knows', async () => {
    const student = await start({ workers: 0 });
    const doomed = await stack.startWorker({ FAILPOINTS: 'worker.after_transaction' });
    await payInBackground(student);
    await doomed.ended;
    expect(await effects()).toMatchObject({ transitions: 1 });

    await stack.startWorker();

    await endsPremiumWithOneEffect(student);
  }, 60_000);

  it('two workers, one of them killed in the middle of a burst', async () => {
    const student = await start({ workers: 2 });
    const others = await Promise.all(Array.from({ length: 5 }, () => Student.register(stack.apiUrl)));
    const paying = Promise.all([student, ...others].map((one) => payInBackground(one)));
    const [victim] = stack.workers;
    if (victim !== undefined) await stack.kill(victim);
    await paying;

    await eventually(
      async () => {
        for (const one of [student, ...others]) expect(await one.isPremium()).toBe(true);
        expect(await effects()).toMatchObject({ unfinished: 0, transitions: 6 });
      },
      { timeoutMs: 25_000, intervalMs: 100 },
    );
  }, 60_000);
};

describeWithRedis('crashes, with Redis', suite(true));
describe('crashes, without Redis', suite(false));
