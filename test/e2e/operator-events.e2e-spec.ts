import { TestApp } from '../support/app';
import { call } from '../support/http';
import { Operator } from '../support/operator';
import { eventsOf, SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';
import { deliver, eventBody } from '../support/webhook';

const reason = 'the key was wrong, and it is fixed';

interface EventRow {
  readonly id: number;
  readonly event_id: string;
  readonly type: string;
  readonly status: string;
  readonly received_at: string;
}

describe('operators and the webhook inbox', () => {
  let app: TestApp;
  let sandbox: SandboxControl;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start({ env: { WEBHOOK_MAX_ATTEMPTS: '1' } });
    sandbox = new SandboxControl(app.sandbox.url);
    operator = await Operator.signIn(app);
  });
  afterAll(() => app.stop());

  const list = async (query: string): Promise<EventRow[]> =>
    JSON.parse((await operator.get(`/webhook-events?${query}`)).text) as EventRow[];
  const actionsOn = async (target: string) => {
    const entries = JSON.parse((await operator.get('/audit-log?limit=200')).text) as Record<
      string,
      unknown
    >[];
    return entries.filter(({ target_id }) => target_id === target);
  };

  /** A student who paid and whose events are all dead. */
  async function paidInVain(): Promise<{ student: Student; customerId: string; dead: EventRow[] }> {
    const student = await app.student();
    const { sessionId } = await student.checkout();
    // A permanent rejection, not an outage: each failure counts, and this test allows one.
    await sandbox.faults({ api: { status: 400, match: 'GET /v1/subscriptions' } });
    await pay(app.stripe, sessionId);
    const [user] = await app.sql<{ id: string }>('SELECT stripe_customer_id AS id FROM users WHERE id = $1', [
      student.id,
    ]);
    const customerId = String(user?.id);
    const dead = await eventually(async () => {
      const announced = (await eventsOf(app.stripe, customerId)).map(({ id }) => id);
      // First, so that what is read afterwards is final; also those whose customer is not known yet.
      expect(await list('status=pending')).toEqual([]);
      const received = await list(`customer_id=${customerId}&limit=200`);
      expect(received.map(({ event_id }) => event_id)).toEqual(expect.arrayContaining(announced));
      return received.filter(({ status }) => status === 'dead');
    });
    expect(dead.map(({ type }) => type)).toContain('checkout.session.completed');
    await sandbox.faults({ api: null });
    return { student, customerId, dead };
  }

  const processed = (id: number) =>
    eventually(async () =>
      expect((await operator.get(`/webhook-events/${id}`)).body['status']).toBe('processed'),
    );

  it('requeue a dead event, and access follows', async () => {
    const { student, dead } = await paidInVain();
    const { id, event_id } = dead[0] as EventRow;
    expect((await operator.get(`/users/${student.id}/access`)).body).toMatchObject({
      access: { granted: false },
      facts: { unfinished_events: { pending: 0, dead: dead.length } },
    });
    const [before] = await app.sql<{ generation: number }>(
      'SELECT generation FROM webhook_events WHERE id = $1',
      [id],
    );

    const answer = await operator.post(`/webhook-events/${id}/replay`, { reason });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, attempts: 0, outages: 0, crashes: 0 });
    await processed(id);
    expect((await student.get('/chapters/chapter-4')).status).toBe(200);

    const [after] = await app.sql<{ generation: number }>(
      'SELECT generation FROM webhook_events WHERE id = $1',
      [id],
    );
    // The replay and the claim each raise the generation: an older job matches neither.
    expect(after?.generation).toBe((before?.generation ?? 0) + 2);
    expect((await operator.get(`/users/${student.id}/access`)).body['last_transition']).toMatchObject({
      cause: { kind: 'webhook', id: event_id, webhook_event_id: id },
    });
    expect(await actionsOn(String(id))).toMatchObject([
      { action: 'replay_webhook_event', operator_id: operator.id, user_id: student.id, reason },
    ]);
  });

  it('replay an event once when several request it at the same moment', async () => {
    const { dead } = await paidInVain();
    const { id } = dead[0] as EventRow;
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => operator.post(`/webhook-events/${id}/replay`, { reason })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await actionsOn(String(id))).toHaveLength(1);
    await processed(id);
  });

  it('do not replay a processed event or one without work', async () => {
    const { dead } = await paidInVain();
    const { id } = dead[0] as EventRow;
    await operator.post(`/webhook-events/${id}/replay`, { reason });
    await processed(id);
    await deliver(
      app.apiUrl,
      eventBody({ type: 'charge.updated', object: { id: 'ch_1', object: 'charge' } }),
    );
    const [ignored] = await list('type=charge.updated');

    for (const [row, status] of [
      [id, 'processed'],
      [Number(ignored?.id), 'ignored'],
    ] as const) {
      const answer = await operator.post(`/webhook-events/${row}/replay`, { reason });
      expect([answer.status, answer.body]).toMatchObject([
        409,
        { code: 'event_not_replayable', event_status: status },
      ]);
    }
    expect(await actionsOn(String(ignored?.id))).toEqual([]);
  });

  it('replay all dead events after a dry run', async () => {
    const { student } = await paidInVain();
    const dead = (await list('status=dead&limit=200')).map(({ id }) => id).sort((a, b) => a - b);
    expect(dead.length).toBeGreaterThan(2);

    const dry = await operator.post('/webhook-events/replay-dead', { reason });
    expect(dry.body).toEqual({ dry_run: true, count: dead.length, ids: dead, remaining: dead.length });
    expect((await list('status=dead&limit=200')).length).toBe(dead.length);
    expect(await actionsOn('dead')).toEqual([]);

    const oldest = await operator.post('/webhook-events/replay-dead', { reason, dry_run: false, limit: 2 });
    expect(oldest.body).toEqual({
      dry_run: false,
      count: 2,
      ids: dead.slice(0, 2),
      remaining: dead.length - 2,
    });
    const rest = await operator.post('/webhook-events/replay-dead', { reason, dry_run: false });
    expect(rest.body).toMatchObject({ ids: dead.slice(2), remaining: 0 });
    await eventually(async () => expect(await student.isPremium()).toBe(true));
    await Promise.all(dead.map(processed));

    expect(await actionsOn('dead')).toMatchObject([
      { action: 'replay_dead_events', details: { ids: dead.slice(2) } },
      { action: 'replay_dead_events', details: { ids: dead.slice(0, 2) } },
    ]);
    const nothing = await operator.post('/webhook-events/replay-dead', { reason, dry_run: false });
    expect(nothing.body).toEqual({ dry_run: false, count: 0, ids: [], remaining: 0 });
    expect(await actionsOn('dead')).toHaveLength(2);
  });

  it('replay nothing when the audit entry cannot be written', async () => {
    const { dead } = await paidInVain();
    const { id } = dead[0] as EventRow;
    await app.sql(`ALTER TABLE audit_log ADD CONSTRAINT refuses CHECK (reason <> 'unwritable') NOT VALID`);
    const body = { reason: 'unwritable', dry_run: false };

    expect((await operator.post(`/webhook-events/${id}/replay`, { reason: body.reason })).status).toBe(500);
    expect((await operator.post('/webhook-events/replay-dead', body)).status).toBe(500);
    expect((await operator.get(`/webhook-events/${id}`)).body['status']).toBe('dead');
    await app.sql('ALTER TABLE audit_log DROP CONSTRAINT refuses');
  });

  it('read the exact payload of one event', async () => {
    const body = eventBody({
      type: 'charge.updated',
      object: { id: 'ch_2', object: 'charge', note: 'ä "x"' },
    });
    await deliver(app.apiUrl, body);
    const [row] = await list('type=charge.updated&limit=1');
    const { body: event } = await operator.get(`/webhook-events/${String(row?.id)}`);

    expect(event).toEqual({
      ...row,
      api_version: '2026-10-28.endive',
      livemode: false,
      object_id: 'ch_2',
      stripe_created_at: expect.any(String),
      failed_attempts: [],
      payload: body,
    });
    expect(event).toMatchObject({
      status: 'ignored',
      status_reason: 'type_not_handled',
      request_id: expect.stringMatching(/^req_/),
    });
  });

  it('filter the inbox by type, customer and time', async () => {
    const { customerId } = await paidInVain();
    const all = await list('limit=200');
    const ofCustomer = await list(`customer_id=${customerId}&limit=200`);
    expect(ofCustomer.length).toBeGreaterThan(1);
    expect(ofCustomer.length).toBeLessThan(all.length);
    // Events may still arrive between two lists.
    const inBoth = (rows: typeof all, first: typeof all) =>
      rows.filter(({ id }) => first.some((row) => row.id === id));
    expect(inBoth(await list(`customer_id=${customerId}&type=invoice.paid`), ofCustomer)).toEqual(
      ofCustomer.filter(({ type }) => type === 'invoice.paid'),
    );

    const middle = String(all[Math.floor(all.length / 2)]?.received_at);
    const since = await list(`limit=200&received_from=${middle}`);
    const until = await list(`limit=200&received_to=${middle}`);
    // Ids are assigned before rows commit, so neighbouring rows may be received in another order.
    expect(inBoth([...since, ...until], all).sort((a, b) => b.id - a.id)).toEqual(all);
    expect(until.length).toBeGreaterThan(0);
  });

  it.each(['type=Invoice', 'type=%00', 'customer_id=1', 'received_from=yesterday', 'received_to=2026-01-01'])(
    'refuse ?%s',
    async (query) => {
      expect((await operator.get(`/webhook-events?${query}`)).status).toBe(400);
    },
  );

  it.each([
    {},
    { reason: '' },
    { reason, dry_run: 'no' },
    { reason, limit: 0 },
    { reason, limit: 1001 },
    { reason, ids: [1] },
  ])('refuse to replay dead events with %j', async (body) => {
    expect((await operator.post('/webhook-events/replay-dead', body)).status).toBe(400);
  });

  it('answer 404 for an unknown event and 400 for a malformed id', async () => {
    const unknown = await operator.get('/webhook-events/999999999');

    expect([unknown.status, unknown.body['code']]).toEqual([404, 'webhook_event_not_found']);
    expect((await operator.post('/webhook-events/999999999/replay', { reason })).status).toBe(404);
    expect((await operator.get('/webhook-events/evt_1')).status).toBe(400);
    expect((await operator.post('/webhook-events/0/replay', { reason })).status).toBe(400);
  });

  it('are the only callers with access', async () => {
    const student = await app.student();
    for (const path of ['/webhook-events/1/replay', '/webhook-events/replay-dead']) {
      expect((await student.post(`/operator${path}`, { reason })).status).toBe(403);
      expect((await call('POST', `${app.apiUrl}/api/v1/operator${path}`, { body: { reason } })).status).toBe(
        401,
      );
    }
    expect((await student.get('/operator/webhook-events/1')).status).toBe(403);
    expect((await call('GET', `${app.apiUrl}/api/v1/operator/webhook-events/1`)).status).toBe(401);
  });
});
