import { IdempotencyKeys } from './idempotency';

const request = { method: 'POST', path: '/v1/customers', body: 'a=1&b=2' };

describe('idempotency keys', () => {
  it('run once and replay the first answer, errors included', () => {
    const keys = new IdempotencyKeys();
    expect(keys.claim('k', request)).toEqual({ kind: 'run' });
    keys.keep('k', { status: 402, body: '{"error":{}}' });
    expect(keys.claim('k', request)).toEqual({
      kind: 'replay',
      answer: { status: 402, body: '{"error":{}}' },
    });
  });

  it('treat the same parameters in another order as the same request', () => {
    const keys = new IdempotencyKeys();
    keys.claim('k', request);
    keys.keep('k', { status: 200, body: '{}' });
    expect(keys.claim('k', { ...request, body: 'b=2&a=1' }).kind).toBe('replay');
  });

  it('refuse other parameters under the same key with 400', () => {
    const keys = new IdempotencyKeys();
    keys.claim('k', request);
    keys.keep('k', { status: 200, body: '{}' });
    expect(() => keys.claim('k', { ...request, body: 'a=2' })).toThrow(
      expect.objectContaining({ status: 400, body: expect.objectContaining({ type: 'idempotency_error' }) }),
    );
  });

  it('conflict with 409 while the first request runs', () => {
    const keys = new IdempotencyKeys();
    keys.claim('k', request);
    expect(() => keys.claim('k', request)).toThrow(
      expect.objectContaining({
        status: 409,
        body: expect.objectContaining({ code: 'idempotency_key_in_use' }),
      }),
    );
  });

  it('can be used again after a request that did nothing', () => {
    const keys = new IdempotencyKeys();
    keys.claim('k', request);
    keys.forget('k');
    expect(keys.claim('k', { ...request, body: 'a=2' })).toEqual({ kind: 'run' });
  });

  it('are forgotten after a day, and the oldest answers earlier when there are more than fit', () => {
    const keys = new IdempotencyKeys(1_000);
    const answer = { status: 200, body: 'x'.repeat(400) };
    const day = 24 * 3_600_000;
    for (const [i, key] of ['a', 'b', 'c'].entries()) {
      keys.claim(key, request, i);
      keys.keep(key, answer);
    }
    expect(keys.claim('b', request, 10).kind).toBe('replay');
    expect(keys.claim('a', request, 11).kind).toBe('run');
    expect(keys.claim('late', request, day + 20).kind).toBe('run');
    expect(keys.size).toBe(2);
    keys.load(keys.dump());
    expect(keys.size).toBe(0);
  });
});
