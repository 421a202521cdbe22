import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../../local/postgres';
import { TestApp } from '../support/app';
import { call } from '../support/http';
import { deliver, eventBody, signatureOf } from '../support/webhook';

const now = () => Math.floor(Date.now() / 1000);

interface Row {
  readonly event_id: string;
  readonly status: string;
  readonly status_reason: string | null;
  readonly request_id: string;
  readonly payload: string;
}

describe('webhook ingest', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
  });
  afterAll(() => app.stop());

  const rows = () =>
    app.sql<Row>(
      'SELECT event_id, status, status_reason, request_id, payload FROM webhook_events ORDER BY id',
    );
  const rowOf = async (body: string) => {
    const { id } = JSON.parse(body) as { id: string };
    return (await rows()).find(({ event_id }) => event_id === id);
  };
  const paid = (overrides: object = {}) =>
    eventBody({
      type: 'invoice.paid',
      object: { id: 'in_1', object: 'invoice', customer: 'cus_1' },
      ...overrides,
    });

  it('stores the exact bytes before it answers 200, with the request id', async () => {
    const body = paid();
    const answer = await call('POST', `${app.apiUrl}/api/v1/payments/webhook`, {
      body,
      headers: { 'stripe-signature': signatureOf(body), 'x-request-id': 'from-the-header' },
    });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ received: true });
    expect(answer.headers.get('x-request-id')).toBe('from-the-header');
    expect(await rowOf(body)).toMatchObject({
      status: 'pending',
      request_id: 'from-the-header',
      payload: body,
    });
  });

  it('answers 200 to a duplicate and keeps one row', async () => {
    const body = paid();

    expect((await deliver(app.apiUrl, body)).status).toBe(200);
    expect((await deliver(app.apiUrl, body)).status).toBe(200);
    expect((await rows()).filter(({ payload }) => payload === body)).toHaveLength(1);
  });

  it.each<[string, (body: string) => { body: string; signature: string }]>([
    ['forged', (body) => ({ body, signature: `t=${now()},v1=${'a'.repeat(64)}` })],
    [
      'signed with another secret',
      (body) => ({ body, signature: signatureOf(body, { secret: 'whsec_somebody_else' }) }),
    ],
    ['without a signature', (body) => ({ body, signature: '' })],
    ['301 seconds old', (body) => ({ body, signature: signatureOf(body, { timestamp: now() - 301 }) })],
    [
      'dated ten minutes ahead',
      (body) => ({ body, signature: signatureOf(body, { timestamp: now() + 600 }) }),
    ],
    [
      're-serialised on the way',
      (body) => ({ body: JSON.stringify(JSON.parse(body)), signature: signatureOf(body) }),
    ],
    ['with a byte order mark', (body) => ({ body: `\uFEFF${body}`, signature: signatureOf(body) })],
  ])('refuses a body %s with 400 and stores nothing', async (_, tamper) => {
    const original = paid();
    const { body, signature } = tamper(original);
    const answer = await deliver(app.apiUrl, body, signature);

    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      code: 'invalid_signature',
      status: 400,
      instance: '/api/v1/payments/webhook',
    });
    expect(await rowOf(original)).toBeUndefined();
    expect((await rows()).map(({ payload }) => payload)).not.toContain(body);
  });

  it('quarantines a signed body that is not an event, once', async () => {
    const garbage = '{"hello": "\\u0000 world"';

    expect((await deliver(app.apiUrl, garbage)).body).toMatchObject({ code: 'invalid_event', status: 400 });
    expect((await deliver(app.apiUrl, garbage)).status).toBe(400);
    expect((await rows()).filter(({ status }) => status === 'quarantined')).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    [
      'a type nobody handles',
      eventBody({ type: 'moon.landed', object: { id: 'm_1', object: 'moon' } }),
      'type_not_handled',
    ],
    [
      'an event of the other mode',
      eventBody({
        type: 'invoice.paid',
        object: { id: 'in_1', object: 'invoice', customer: 'cus_1' },
        livemode: true,
      }),
      'livemode_mismatch',
    ],
    [
      'a checkout without a customer',
      eventBody({
        type: 'checkout.session.completed',
        object: { id: 'cs_1', object: 'checkout.session', customer: null },
      }),
      'no_customer',
    ],
  ])('stores and ignores %s', async (_, body, reason) => {
    expect((await deliver(app.apiUrl, body)).status).toBe(200);
    expect(await rowOf(body)).toMatchObject({ status: 'ignored', status_reason: reason });
  });

  it.each([
    [
      'an id that PostgreSQL cannot hold',
      { object: { id: 'in_\u0000', object: 'invoice', customer: 'cus_\u0000' } },
    ],
    ['a time beyond all calendars', { created: 9e15 }],
  ])('answers no 5xx to a signed event with %s', async (_, overrides) => {
    expect((await deliver(app.apiUrl, paid(overrides))).body).toMatchObject({
      status: 400,
      code: 'invalid_event',
    });
  });

  it('takes 1.9 MB, refuses 2.1 MB, and 64 kB everywhere else', async () => {
    const sized = (bytes: number) =>
      paid({ object: { id: 'in_1', object: 'invoice', customer: 'cus_1', pad: 'x'.repeat(bytes) } });
    const big = sized(1_900_000);

    expect((await deliver(app.apiUrl, big)).status).toBe(200);
    expect((await rowOf(big))?.payload).toHaveLength(big.length);
    expect((await deliver(app.apiUrl, sized(2_200_000))).body).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    const login = { email: 'a@example.test', password: 'x'.repeat(70_000) };
    expect((await call('POST', `${app.apiUrl}/api/v1/auth/login`, { body: login })).status).toBe(413);
  });

  it('answers 503 with Retry-After while the event cannot be stored, and takes it again afterwards', async () => {
    const body = paid();
    await setReadOnly(true);
    const refused = await deliver(app.apiUrl, body);
    await setReadOnly(false);

    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body).toMatchObject({ code: 'service_unavailable' });
    expect((await deliver(app.apiUrl, body)).status).toBe(200);
  });

  /** New connections see the changed setting; the pool makes them by itself. */
  async function setReadOnly(on: boolean): Promise<void> {
    const name = new URL(app.database.url).pathname.slice(1);
    await withClient(app.database.url, async (client) => {
      await client.query('SET default_transaction_read_only = off');
      await client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${on ? 'on' : 'off'}`);
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    });
    await sleep(200);
  }
});
