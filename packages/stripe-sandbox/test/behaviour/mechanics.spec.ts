import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxServer } from '../../src/server';
import { Bench, type Received, stripeFor, waitUntil, WEBHOOK_SECRET } from '../support/harness';

describe('the mechanics of the API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  it('replays an idempotent call and refuses the key for another call', async () => {
    const options = { idempotencyKey: 'op_1' };
    const first = await bench.stripe.customers.create({ email: 'a@example.com' }, options);
    const again = await bench.stripe.customers.create({ email: 'a@example.com' }, options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(bench.stripe.customers.create({ email: 'b@example.com' }, options)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
      statusCode: 400,
    });
    expect((await bench.stripe.customers.list()).data).toHaveLength(1);
  });

  it('conflicts while the first call of a key still runs', async () => {
    await bench.control('faults', { api: { slow_ms: 200, match: 'POST /v1/customers', times: 1 } });
    const options = { idempotencyKey: 'op_1' };
    const first = bench.stripe.customers.create({}, options);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(bench.stripe.customers.create({}, options)).rejects.toMatchObject({ statusCode: 409 });
    expect((await first).object).toBe('customer');
  });

  it('replays the answer of a call whose reply was lost', async () => {
    await bench.control('faults', { api: { drop_reply: true, match: 'POST /v1/customers', times: 1 } });
    const { hostname: host, port } = new URL(bench.sandbox.url);
    expect(host).toBe('127.0.0.1');
    expect(Number(port)).toBeGreaterThan(0);
    // The SDK retries a cut connection with the same key.
    const customer = await bench.stripe.customers.create(
      { email: 'a@example.com' },
      { maxNetworkRetries: 2 },
    );
    expect((await bench.stripe.customers.list()).data.map(({ id }) => id)).toEqual([customer.id]);
  });

  it.each([
    [429, 'StripeRateLimitError'],
    [500, 'StripeAPIError'],
  ])('answers an injected %i as %s, for as many calls as asked', async (status, type) => {
    await bench.control('faults', { api: { status, times: 1 } });
    await expect(bench.stripe.products.list()).rejects.toMatchObject({ type });
    expect((await bench.stripe.products.list()).data).toHaveLength(1);
  });

  it('answers 429 above the configured rate limit', async () => {
    const strict = await Bench.start({ rateLimit: 2 });
    const calls = Array.from({ length: 40 }, () => strict.stripe.products.list());
    const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected');
    // However slow the machine is, forty calls at once do not take twenty seconds.
    expect(refused.length).toBeGreaterThanOrEqual(1);
    expect(refused[0]).toMatchObject({ reason: { type: 'StripeRateLimitError', code: 'rate_limit' } });
    await strict.close();
  });

  it('cuts the connection before any work on demand', async () => {
    await bench.control('faults', { api: { cut: true, match: 'POST /v1/customers' } });
    const create = bench.stripe.customers.create({}, { maxNetworkRetries: 0 });
    await expect(create).rejects.toMatchObject({ type: 'StripeConnectionError' });
    await bench.control('faults', { api: null });
    expect((await bench.stripe.customers.list()).data).toEqual([]);
  });

  it('fails a share of the calls, the same ones for the same seed', async () => {
    const pattern = async (seed: number) => {
      await bench.control('faults', { api: { status: 503, share: 0.5, seed } });
      const calls = [];
      for (let i = 0; i < 24; i++)
        calls.push(
          await bench.stripe.products.list().then(
            () => 'o',
            () => 'x',
          ),
        );
      return calls.join('');
    };
    const first = await pattern(5);
    expect(await pattern(5)).toBe(first);
    expect(await pattern(6)).not.toBe(first);
    expect(new Set(first)).toEqual(new Set(['o', 'x']));
    expect(await bench.control('faults', { api: { share: 2 } })).toMatchObject({ error: { param: 'share' } });
  });

  it('sends Stripe-Should-Retry true for a key in use and false for refused calls', async () => {
    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${bench.sandbox.url}/v1/${path}`, {
        headers: { authorization: 'Bearer sk_test_x', 'idempotency-key': 'op_1' },
        ...init,
      });
    const advice = (response: Response) => response.headers.get('stripe-should-retry');
    expect(advice(await call('customers'))).toBeNull();
    expect(advice(await call('customers/cus_none'))).toBe('false');
    await bench.control('faults', { api: { slow_ms: 200, times: 1 } });
    const running = call('customers', { method: 'POST' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(advice(await call('customers', { method: 'POST' }))).toBe('true');
    await running;
    const failing = {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_x', 'idempotency-key': 'op_2' },
    };
    await bench.control('faults', { api: { status: 500, times: 1 } });
    const failed = await call('customers', failing);
    expect([failed.status, advice(failed)]).toEqual([500, null]);
    const replayed = await call('customers', failing);
    expect([replayed.status, advice(replayed)]).toEqual([500, 'false']);
    expect(replayed.headers.get('original-request')).toBe(failed.headers.get('request-id'));
    await bench.control('faults', { api: { status: 429, times: 1 } });
    expect(advice(await call('customers'))).toBeNull();
  });

  it('signs with both secrets during a roll and with the new one afterwards', async () => {
    const [endpoint] = (await bench.stripe.webhookEndpoints.list()).data;
    const roll = (overlap_seconds: number) =>
      bench.control(`webhook_endpoints/${endpoint?.id}/roll`, { overlap_seconds });
    const signatures = async (email: string) => {
      const { id } = await bench.stripe.customers.create({ email });
      const isIts = ({ event }: Received) => (event.data.object as { id?: string }).id === id;
      await waitUntil(() => bench.inbox.received.some(isIts), 'the event');
      const { body, headers } = bench.inbox.received.find(isIts) as Received;
      return { body, header: String(headers['stripe-signature']) };
    };
    const { secret } = await roll(3600);
    const both = await signatures('a@example.com');
    for (const known of [WEBHOOK_SECRET, String(secret)]) {
      expect(bench.stripe.webhooks.constructEvent(both.body, both.header, known).type).toBe(
        'customer.created',
      );
    }
    await roll(0);
    expect((await signatures('b@example.com')).header.match(/v1=/g)).toHaveLength(1);
    expect(await roll(-1)).toMatchObject({ error: { param: 'overlap_seconds' } });
  });

  it('refuses live and missing keys with 401 on every path', async () => {
    for (const authorization of ['Bearer sk_live_secret', '']) {
      const response = await fetch(`${bench.sandbox.url}/v1/customers`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    }
  });

  it('answers errors with code, parameter and request id', async () => {
    await expect(bench.stripe.customers.retrieve('cus_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
      requestId: expect.stringMatching(/^req_/),
    });
    await expect(
      bench.stripe.subscriptions.create({
        customer: 'cus_none',
        items: [{ price: 'price_premium_monthly' }],
      }),
    ).rejects.toMatchObject({ statusCode: 404, param: 'customer' });
    await expect(bench.stripe.rawRequest('GET', '/v1/nonsense')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('expands through lists to four levels and keeps ids elsewhere', async () => {
    const { id } = await bench.subscribe();
    const { data } = await bench.stripe.subscriptions.list({
      expand: ['data.latest_invoice.payments.data.payment.payment_intent', 'data.customer'],
    });
    expect(data[0]).toMatchObject({
      id,
      customer: { object: 'customer', email: 'ada@example.com' },
      latest_invoice: {
        payments: {
          data: [{ payment: { payment_intent: { object: 'payment_intent', status: 'succeeded' } } }],
        },
      },
    });
    const plain = await bench.stripe.invoices.list();
    expect(plain.data[0]).not.toHaveProperty('payments');
    await expect(bench.stripe.subscriptions.retrieve(id, { expand: ['nonsense'] })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('pages through everything with the iterator of the SDK', async () => {
    for (let i = 0; i < 7; i++) await bench.stripe.customers.create({ name: `c${i}` });
    const names = [];
    for await (const { name } of bench.stripe.customers.list({ limit: 3 })) names.push(name);
    expect(names).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
  });

  it('delivers again after a failure and a redirect, each time signed newPeriodFields, until a 2xx', async () => {
    const answers = [500, 302, 204];
    bench.inbox.answer = (event, nth) =>
      event.type === 'customer.created' ? (answers[nth - 1] ?? 200) : 200;
    await bench.stripe.customers.create();
    await bench.inbox.waitFor('customer.created', 3);
    const [event] = (await bench.stripe.events.list({ type: 'customer.created' })).data;
    await waitUntil(
      () => bench.sandbox.sandbox.dispatcher.list().every(({ state }) => state === 'succeeded'),
      'success',
    );
    const after = await bench.stripe.events.retrieve(event?.id ?? '');
    expect(after.pending_webhooks).toBe(0);
  });

  it('finds undelivered events and resends them', async () => {
    bench.inbox.answer = () => 500;
    const { id } = await bench.stripe.customers.create();
    await bench.inbox.waitFor('customer.created', 4);
    const { data } = await bench.stripe.events.list({ delivery_success: false, types: ['customer.created'] });
    expect(data[0]?.data.object).toMatchObject({ id });
    bench.inbox.answer = () => 200;
    await bench.stripe.rawRequest('POST', `/v1/events/${data[0]?.id ?? ''}/retry`, {});
    await bench.inbox.waitFor('customer.created', 5);
  });

  it('holds deliveries back and releases them', async () => {
    await bench.control('deliveries/pause');
    await bench.stripe.customers.create();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bench.inbox.types).not.toContain('customer.created');
    expect(await bench.control('deliveries/resume')).toMatchObject({ released: expect.any(Number) });
    await bench.inbox.waitFor('customer.created');
  });

  it('drops, duplicates and corrupts deliveries on demand', async () => {
    await bench.control('faults', { drop: 1 });
    await bench.stripe.customers.create({ name: 'dropped' });
    await bench.control('faults', { drop: 0, duplicate: 1 });
    await bench.stripe.customers.create({ name: 'doubled' });
    const second = await bench.inbox.waitFor('customer.created', 2);
    expect(
      bench.inbox.received.map(({ event }) => (event.data.object as { name?: string }).name),
    ).not.toContain('dropped');
    await bench.control('faults', { duplicate: 0, corrupt: 1 });
    await bench.stripe.products.create({ name: 'broken' });
    const { body, headers } = await bench.inbox.waitFor('product.created', 2);
    const verify = (text: string, header: unknown) =>
      bench.stripe.webhooks.constructEvent(text, String(header), 'whsec_test_secret');
    expect(() => verify(second.body, second.headers['stripe-signature'])).not.toThrow();
    expect(() => verify(body, headers['stripe-signature'])).toThrow();
  });

  it('keeps only its configuration on reset', async () => {
    await bench.subscribe();
    await bench.control('reset');
    expect((await bench.stripe.customers.list()).data).toEqual([]);
    expect((await bench.stripe.prices.list({ lookup_keys: ['premium_yearly'] })).data).toHaveLength(1);
    expect((await bench.stripe.webhookEndpoints.list()).data).toHaveLength(1);
    expect((await bench.stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
  });
});

describe('a snapshot', () => {
  it('can be taken and restored at run time', async () => {
    const bench = await Bench.start();
    const { id } = await bench.subscribe();
    const taken = await (await fetch(`${bench.sandbox.url}/sandbox/snapshot`)).json();
    await bench.stripe.subscriptions.cancel(id);
    await bench.advanceDays(3);
    expect(await bench.control('snapshot', taken)).toEqual({ restored: true });
    expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe('active');
    await bench.advanceDays(32);
    expect((await bench.stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
    expect(await bench.control('snapshot', { version: 7 })).toMatchObject({ error: {} });
    await bench.close();
  });

  it('keeps held deliveries held until they are released', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const snapshotPath = join(folder, 'state.json');
    const first = await Bench.start({ snapshotPath });
    await first.control('deliveries/pause');
    await first.stripe.customers.create();
    const { dispatcher } = first.sandbox.sandbox;
    await waitUntil(() => dispatcher.list().some(({ state }) => state === 'held'), 'the delivery');
    await first.close();
    const second = new SandboxServer({ snapshotPath });
    await second.listen();
    expect(second.sandbox.dispatcher.isPaused).toBe(true);
    expect(second.sandbox.dispatcher.resume()).toBeGreaterThan(0);
    await second.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps customers, jobs and the clock across a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const snapshotPath = join(folder, 'state.json');
    const first = await Bench.start({ snapshotPath });
    const { id } = await first.subscribe();
    await first.advanceDays(1);
    await first.close();
    const second = new SandboxServer({ snapshotPath });
    const stripe = stripeFor(await second.listen());
    expect((await stripe.subscriptions.retrieve(id, { expand: ['customer'] })).customer).toMatchObject({
      email: 'ada@example.com',
    });
    await fetch(`${second.url}/sandbox/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance_seconds: 31 * 86_400 }),
    });
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
    await second.close();
    rmSync(folder, { recursive: true });
  });
});
