import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { POSTGRES_FAULTS, startFaultyPostgres, type FaultyPostgres } from '../support/faults/postgres-faults';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver, eventBody } from '../support/webhook';

/** A request is answered within this while PostgreSQL is silent: 5 s, and a second for a busy machine. */
const ANSWER_MS = 6000;
/** Recovery is promised within 5 s. */
const RECOVERY_MS = 6000;

/** Real processes over a PostgreSQL of their own; nothing is started again between the faults. */
describe('when PostgreSQL', () => {
  let postgres: FaultyPostgres;
  let stack: Stack;
  let stripe: Stripe;
  let student: Student;

  beforeAll(async () => {
    postgres = await startFaultyPostgres();
    stack = await startStack({ env: { DATABASE_URL: postgres.url } });
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    stripe = new Stripe('sk_test_sandbox', { host, port: Number(port), protocol: 'http', telemetry: false });
    student = await Student.register(stack.apiUrl);
  }, 90_000);

  afterAll(async () => {
    await stack.stop();
    await postgres.stop();
  });

  async function answersIn<T extends { readonly status: number }>(ask: Promise<T>): Promise<number> {
    const started = performance.now();
    const { status } = await ask;
    expect(performance.now() - started).toBeLessThan(ANSWER_MS);
    return status;
  }

  const sendEvent = () =>
    deliver(
      stack.apiUrl,
      eventBody({ type: 'invoice.paid', object: { id: 'in_1', object: 'invoice', customer: 'cus_x' } }),
    );

  it.each(POSTGRES_FAULTS)(
    '$name, requests are answered in time and the work goes on by itself',
    async ({ lasts, inject, heal }) => {
      await inject(postgres);
      try {
        if (lasts) {
          // Several at once: none may wait for the deadline of another.
          const asking = Promise.all([
            ...Array.from({ length: 12 }, () => answersIn(student.status())),
            ...Array.from({ length: 4 }, () => answersIn(sendEvent())),
          ]);
          expect(new Set(await asking)).toEqual(new Set([503]));
          await sleep(500);
        }
      } finally {
        await heal(postgres);
      }

      await eventually(
        async () => {
          expect((await student.status()).status).toBe(200);
          expect((await sendEvent()).status).toBe(200);
        },
        { timeoutMs: RECOVERY_MS, intervalMs: 50 },
      );
      const buyer = await Student.register(stack.apiUrl);
      await pay(stripe, (await buyer.checkout()).sessionId);
      await eventually(async () => expect(await buyer.isPremium()).toBe(true), {
        timeoutMs: 12_000,
        intervalMs: 50,
      });
      expect(stack.workers[0]?.log()).not.toContain('cannot start');
    },
    60_000,
  );
});
