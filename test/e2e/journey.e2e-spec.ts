import Stripe from 'stripe';
import { withClient } from '../../local/postgres';
import { send } from '../support/http';
import { TEST_ENV } from '../support/test-env';
import { startStack, type Stack } from '../support/stack';
import { pay, Student } from '../support/student';
import { eventually } from '../support/wait';

const hasRedis = process.env[TEST_ENV.redisUrl] !== undefined;

/** The main job of the project, end to end over HTTP, with every part a process of its own. */
describe.each([
  ['with Redis', true],
  ['without Redis', false],
])('a student pays and reads chapter 4, real processes %s', (_, redis) => {
  const when = redis && !hasRedis ? it.skip : it;
  let stack: Stack;
  let stripe: Stripe;

  beforeAll(async () => {
    if (redis && !hasRedis) return;
    stack = await startStack({ redis });
    const { hostname: host, port } = new URL(stack.sandboxUrl);
    stripe = new Stripe('sk_test_sandbox', { host, port: Number(port), protocol: 'http', telemetry: false });
  }, 60_000);
  afterAll(async () => {
    if (!redis || hasRedis) await stack.stop();
  });

  when('from registration to cancellation', async () => {
    const student = await Student.register(stack.apiUrl);

    const chapters = JSON.parse((await student.get('/chapters')).text) as {
      id: string;
      user_has_access: boolean;
    }[];
    expect(chapters.map(({ id, user_has_access }) => [id, user_has_access])).toEqual([
      ['chapter-1', true],
      ['chapter-2', true],
      ['chapter-3', true],
      ['chapter-4', false],
      ['chapter-5', false],
      ['chapter-6', false],
    ]);

    const locked = await student.get('/chapters/chapter-4');
    expect(locked.status).toBe(403);
    expect(locked.headers.get('content-type')).toContain('application/problem+json');
    expect(locked.body).toMatchObject({
      code: 'premium_required',
      required_tier: 'premium',
      current_tier: 'free',
      upgrade: { operation_id: 'createCheckoutSession' },
    });

    const { sessionId, url } = await student.checkout();
    const page = await send('GET', url);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);

    const paidAt = performance.now();
    await pay(stripe, sessionId);
    await eventually(async () => expect((await student.get('/chapters/chapter-4')).status).toBe(200), {
      timeoutMs: 10_000,
    });
    process.stdout.write(
      `pay to open (${redis ? 'Bull' : 'no Redis'}): ${Math.round(performance.now() - paidAt)} ms\n`,
    );
    expect((await student.status()).body).toMatchObject({ is_premium: true, state: 'active' });

    expect((await student.post('/payments/cancel-subscription')).body).toMatchObject({ cancelled: true });
    expect((await student.get('/chapters/chapter-4')).status).toBe(200);
    expect((await student.post('/payments/resume-subscription')).body).toMatchObject({ cancelled: false });

    await stripe.subscriptions.cancel(String((await student.status()).body['subscription_id']));
    await eventually(async () => expect((await student.get('/chapters/chapter-4')).status).toBe(403), {
      timeoutMs: 10_000,
    });
  });

  when('every event is processed or ignored, by Bull exactly when there is a Redis', async () => {
    const rows = await eventually(async () => {
      const found = await withClient(stack.databaseUrl, async (client) => {
        const result = await client.query<{ status: string; processed_by: string | null }>(
          'SELECT DISTINCT status, processed_by FROM webhook_events ORDER BY status, processed_by',
        );
        return result.rows;
      });
      expect(found.map(({ status }) => status)).not.toContain('pending');
      return found;
    });

    expect(rows).toEqual([
      { status: 'ignored', processed_by: null },
      { status: 'processed', processed_by: redis ? 'bull' : 'dispatcher' },
    ]);
  });

  when('no log line holds a secret or personal data', () => {
    const log = stack.web.log() + stack.workers.map((worker) => worker.log()).join('');

    expect(log).toContain('customer synced');
    for (const secret of ['example.test', 'Ada', 'correct horse', 'sk_test_', 'whsec_', 'eyJ', 'tok_visa']) {
      expect(log).not.toContain(secret);
    }
  });
});
