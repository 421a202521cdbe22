import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import fc from 'fast-check';
import type { StripeConfig } from 'src/config/app-config';
import { SignatureError, WebhookVerifier } from './webhook-verifier';

const SECRET = 'whsec_current_0123456789';
const OLD_SECRET = 'whsec_previous_0123456789';
const NOW = new Date('2026-11-24T12:00:00Z');
const T = NOW.getTime() / 1000;
const BODY = Buffer.from(JSON.stringify({ id: 'evt_1', object: 'event', note: 'Zürich ✓' }, null, 2));

const verifierWith = (...webhookSecrets: string[]) =>
  new WebhookVerifier({
    secretKey: 'sk_test_unit',
    apiBase: undefined,
    webhookSecrets,
  } as unknown as StripeConfig);

const sign = (body: Buffer | string, { secret = SECRET, timestamp = T } = {}) =>
  new Stripe('sk_test_unit').webhooks.generateTestHeaderString({
    payload: body.toString(),
    secret,
    timestamp,
  });

const hmac = (body: Buffer, secret: string) =>
  createHmac('sha256', secret).update(`${T}.`).update(body).digest('hex');

function failureOf(
  header: string | string[] | undefined,
  body: Buffer = BODY,
  verifier = verifierWith(SECRET),
): string {
  try {
    verifier.verify(body, header, NOW);
    return 'accepted';
  } catch (error) {
    if (error instanceof SignatureError) return error.failure;
    throw error;
  }
}

describe('WebhookVerifier', () => {
  it("accepts what Stripe's own library signs", () => {
    expect(failureOf(sign(BODY))).toBe('accepted');
  });

  it('rejects bytes that are not UTF-8, also when they read like the signed text', () => {
    const text = '{"id":"evt_1","note":"\ufffd"}';
    const header = sign(text);
    const [before = '', after = ''] = text.split('\ufffd');
    const forged = (bytes: number[]) =>
      Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);

    expect(failureOf(header, Buffer.from(text))).toBe('accepted');
    for (const bytes of [[0xff], [0xc3], [0xed], [0xfe]])
      expect(failureOf(header, forged(bytes))).toBe('mismatch');
  });

  it('accepts either secret while one is being rotated, and not the old one afterwards', () => {
    const both = verifierWith(SECRET, OLD_SECRET);

    expect(failureOf(sign(BODY, { secret: OLD_SECRET }), BODY, both)).toBe('accepted');
    expect(failureOf(sign(BODY), BODY, both)).toBe('accepted');
    expect(failureOf(sign(BODY, { secret: OLD_SECRET }))).toBe('mismatch');
  });

  it('accepts a header with several v1 when one of them matches', () => {
    const header = `t=${T},v1=${'0'.repeat(64)},v1=${hmac(BODY, SECRET)},v0=${'1'.repeat(64)}`;

    expect(failureOf(header)).toBe('accepted');
  });

  it.each([
    [-300, 'accepted'],
    [-301, 'stale'],
    [300, 'accepted'],
    [301, 'future'],
    [600, 'future'],
  ])('treats a timestamp %i s from now as %s', (offset, expected) => {
    expect(failureOf(sign(BODY, { timestamp: T + offset }))).toBe(expected);
  });

  it.each<[string, string | string[] | undefined, string]>([
    ['no header', undefined, 'missing'],
    ['an empty header', '', 'missing'],
    ['two headers', [sign(BODY), sign(BODY)], 'malformed'],
    ['an endless header', `${sign(BODY)},${'v1=a,'.repeat(500)}`, 'malformed'],
    ['no timestamp', `v1=${hmac(BODY, SECRET)}`, 'malformed'],
    [
      'an old signature under a fresh second timestamp',
      `t=${T},${sign(BODY, { timestamp: T - 3600 })}`,
      'malformed',
    ],
    ['a fresh timestamp behind an old one', `${sign(BODY, { timestamp: T - 3600 })},t=${T}`, 'malformed'],
    ['no v1', `t=${T},v0=${hmac(BODY, SECRET)}`, 'malformed'],
    ['a signature of something else', `t=${T},v1=${'a'.repeat(64)}`, 'mismatch'],
    ['a wrong secret', sign(BODY, { secret: 'whsec_somebody_else' }), 'mismatch'],
  ])('refuses %s', (_, header, expected) => {
    expect(failureOf(header)).toBe(expected);
  });

  it.each<[string, Buffer]>([
    ['re-serialised', Buffer.from(JSON.stringify(JSON.parse(BODY.toString())))],
    ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), BODY])],
    ['with other line ends', Buffer.from(BODY.toString().replaceAll('\n', '\r\n'))],
    ['empty', Buffer.alloc(0)],
  ])('refuses a body %s', (_, body) => {
    expect(failureOf(sign(BODY), body)).toBe('mismatch');
  });

  it('never accepts a forged header', () => {
    const header = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc
        .tuple(fc.integer({ min: T - 400, max: T + 400 }), fc.string({ minLength: 0, maxLength: 80 }))
        .map(([t, v]) => `t=${t},v1=${v}`),
      fc
        .tuple(
          fc.integer({ min: T - 9, max: T + 9 }),
          fc.array(fc.stringMatching(/^[0-9a-f]{64}$/), { maxLength: 5 }),
        )
        .map(([t, all]) => [`t=${t}`, ...all.map((v) => `v1=${v}`)].join(',')),
    );

    fc.assert(
      fc.property(header, (value) => failureOf(value) !== 'accepted'),
      { numRuns: 2000 },
    );
  });
});
