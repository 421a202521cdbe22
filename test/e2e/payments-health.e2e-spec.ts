import Stripe from 'stripe';
import { withClient } from '../../local/postgres';
import { call } from '../support/http';
import { SandboxControl } from '../support/sandbox-control';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver, eventBody, signatureOf } from '../support/webhook';

const SILENCE_MS = 60_000;

/** Real processes. Readiness decides routing; payments are judged separately. */
describe('payments health', () => {
  let stack: Stack;
  let sandbox: SandboxControl;
  let student: Student;

  beforeAll(async () => {
    stack = await startStack();
    sandbox = new SandboxControl(stack.sandboxUrl);
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    const stripe = new Stripe('sk_test_sandbox', {
      host,
      port: Number(port),
      protocol: 'http',
      telemetry: false,
    });
    student = await Student.register(stack.apiUrl);
    const { sessionId } = await student.checkout();
    await pay(stripe, sessionId);
    await eventually(async () => expect(await student.isPremium()).toBe(true), { timeoutMs: 20_000 });
  }, 90_000);
  afterAll(() => stack.stop());

  const health = () => call('GET', `${stack.apiUrl}/health/payments`);
  const failing = async () => {
    const { status, body } = await health();
    const checks = Object.entries(body['checks'] as Record<string, string>);
    return { status, failing: checks.filter(([, state]) => state === 'failing').map(([name]) => name) };
  };
  const becomes = (expected: string[]) =>
    eventually(
      async () =>
        expect(await failing()).toEqual({ status: expected.length === 0 ? 200 : 503, failing: expected }),
      { timeoutMs: SILENCE_MS, intervalMs: 500 },
    );
  async function everyoneElseIsServed(): Promise<void> {
    expect((await call('GET', `${stack.apiUrl}/health/ready`)).status).toBe(200);
    expect((await student.get('/chapters/chapter-4')).status).toBe(200);
  }
  const query = <T extends object>(sql: string) =>
    withClient(stack.databaseUrl, async (client) => (await client.query<T & object>(sql)).rows);

  it('is ok while everything works', async () => {
    await becomes([]);
    await everyoneElseIsServed();
  });

  it('fails while the worker is frozen, and readiness does not; an alert opens and closes', async () => {
    await stack.kill('worker', 'SIGSTOP');
    try {
      await becomes(['worker']);
      await everyoneElseIsServed();
      await eventually(
        async () => expect(await query(`SELECT 1 FROM alerts WHERE alert = 'worker_silent'`)).toHaveLength(1),
        {
          timeoutMs: SILENCE_MS,
        },
      );
    } finally {
      await stack.kill('worker', 'SIGCONT');
    }
    await becomes([]);
    await eventually(
      async () =>
        expect(
          await query(`SELECT 1 FROM alerts WHERE alert = 'worker_silent' AND closed_at IS NOT NULL`),
        ).toHaveLength(1),
      { timeoutMs: SILENCE_MS },
    );
  }, 200_000);

  it('records refused deliveries by cause without their content, and fails until one is accepted', async () => {
    const body = eventBody({ type: 'product.created', object: { id: 'prod_1', object: 'product' } });
    const old = Math.floor(Date.now() / 1000) - 3600;
    await deliver(stack.apiUrl, body, '');
    await deliver(stack.apiUrl, body, 'nonsense');
    await deliver(stack.apiUrl, body, signatureOf(body, { timestamp: old }));
    for (let count = 0; count < 3; count++)
      await deliver(stack.apiUrl, body, signatureOf(body, { secret: 'whsec_of_somebody_else' }));
    await becomes(['signatures']);
    await everyoneElseIsServed();
    expect(
      await query(
        `SELECT cause, sum(count)::int AS count FROM refused_deliveries GROUP BY cause ORDER BY cause`,
      ),
    ).toEqual([
      { cause: 'malformed', count: 1 },
      { cause: 'mismatch', count: 3 },
      { cause: 'missing', count: 1 },
      { cause: 'stale', count: 1 },
    ]);
    await deliver(stack.apiUrl, body);

    await becomes([]);
  });

  it('fails when Stripe refuses the key, and who has paid reads on', async () => {
    await sandbox.faults({ api: { status: 401 } });
    await stack.kill('web', 'SIGTERM');
    await stack.startWeb();
    try {
      await becomes(['stripe_key']);
      await everyoneElseIsServed();
    } finally {
      await sandbox.faults({ api: null });
    }
  });

  it('fails when a price is wrong', async () => {
    await stack.kill('web', 'SIGTERM');
    await stack.startWeb({ STRIPE_PREMIUM_PRICE_ID: 'price_unknown' });
    await becomes(['prices']);
    await everyoneElseIsServed();
  });
});
