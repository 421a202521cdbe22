import { HANDLED_EVENT_TYPES } from 'src/modules/payments';
import {
  judgeStripe,
  STRIPE_API_VERSION,
  type EndpointFacts,
  type PriceFacts,
  type StripeSetup,
} from 'src/modules/payments';
import { exitCodeOf, formatFindings, type Finding, type Level } from 'src/common/domain/finding';
import { judgePostgres, type PostgresFacts } from './check-postgres';
import { judgeRedis, type RedisFacts } from './check-redis';
import { judgeWeb, type WebFacts } from './check-web';

const PUBLIC_URL = 'https://course.test';
const EXPECTED = { webhookUrl: `${PUBLIC_URL}/api/v1/payments/webhook`, production: true };

const POSTGRES: PostgresFacts = {
  version: 18,
  settings: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
  readOnly: false,
  maxConnections: 100,
  clockSkewMs: 40,
  pendingMigrations: [],
  unknownMigrations: [],
};
const REDIS: RedisFacts = {
  policy: 'noeviction',
  appendOnly: 'yes',
  usedBytes: 1,
  maxBytes: 0,
  role: 'master',
};
const MONTHLY: PriceFacts = {
  id: 'price_m',
  active: true,
  interval: 'month',
  intervalCount: 1,
  hasFixedAmount: true,
  currency: 'usd',
  productId: 'prod_1',
  productActive: true,
};
const YEARLY: PriceFacts = { ...MONTHLY, id: 'price_y', interval: 'year' };
const ENDPOINT: EndpointFacts = {
  url: EXPECTED.webhookUrl,
  enabled: true,
  apiVersion: STRIPE_API_VERSION,
  events: [...HANDLED_EVENT_TYPES],
};
const PORTAL = { active: true, changesEmail: false, changesPlan: false, pauses: false, updatesCard: true };
const STRIPE: StripeSetup = {
  clockSkewMs: 0,
  monthly: MONTHLY,
  yearly: YEARLY,
  endpoints: [ENDPOINT],
  portal: PORTAL,
};
const READY = { status: 200, body: { checks: {} } };
const WEB: WebFacts = { readiness: READY, actionsServer: PUBLIC_URL, probes: [{ status: 200, body: {} }] };

const postgres = (facts: Partial<PostgresFacts>, pool = 10) => judgePostgres({ ...POSTGRES, ...facts }, pool);
const redis = (facts: Partial<RedisFacts>) => judgeRedis({ ...REDIS, ...facts });
const stripe = (facts: Partial<StripeSetup>, expected: Partial<typeof EXPECTED> = {}) =>
  judgeStripe({ ...STRIPE, ...facts }, { ...EXPECTED, ...expected });
const endpoint = (facts: Partial<EndpointFacts>) => stripe({ endpoints: [{ ...ENDPOINT, ...facts }] });
const web = (facts: Partial<WebFacts>) => judgeWeb({ ...WEB, ...facts }, PUBLIC_URL);
const setting = (name: keyof PostgresFacts['settings']) =>
  postgres({ settings: { ...POSTGRES.settings, [name]: 'off' } });

const WRONG: [name: string, level: Level, findings: Finding[], text: RegExp][] = [
  ['an old PostgreSQL', 'warning', postgres({ version: 13 }), /version 13 is not tested/],
  ['fsync off', 'error', setting('fsync'), /fsync is off/],
  ['synchronous_commit off', 'error', setting('synchronous_commit'), /synchronous_commit is off/],
  ['full_page_writes off', 'error', setting('full_page_writes'), /full_page_writes is off/],
  ['a read-only database', 'error', postgres({ readOnly: true }), /read-only/],
  [
    'pending migrations',
    'error',
    postgres({ pendingMigrations: ['CreateX'] }),
    /pending migrations: CreateX/,
  ],
  ['a newer schema', 'warning', postgres({ unknownMigrations: ['CreateY'] }), /newer release: CreateY/],
  ['too few connections', 'warning', postgres({ maxConnections: 20 }), /max_connections is 20/],
  ['a large pool', 'warning', postgres({}, 60), /use up to 122/],
  ['a database clock ahead', 'warning', postgres({ clockSkewMs: 60_000 }), /differs by 60 s/],
  ['a database clock behind', 'warning', postgres({ clockSkewMs: -60_000 }), /differs by -60 s/],
  ['a Redis that evicts', 'error', redis({ policy: 'allkeys-lru' }), /allkeys-lru/],
  ['a Redis without CONFIG', 'warning', redis({ policy: undefined, appendOnly: undefined }), /settings/],
  ['a Redis without persistence', 'warning', redis({ appendOnly: 'no' }), /append-only/],
  ['a full Redis', 'warning', redis({ usedBytes: 95, maxBytes: 100 }), /90 %/],
  ['a Redis replica', 'error', redis({ role: 'slave' }), /replica/],
  ['an unknown monthly price', 'error', stripe({ monthly: 'missing' }), /STRIPE_PREMIUM_PRICE_ID: .*no such/],
  ['an archived price', 'error', stripe({ monthly: { ...MONTHLY, active: false } }), /price is archived/],
  [
    'an archived product',
    'error',
    stripe({ monthly: { ...MONTHLY, productActive: false } }),
    /product .*archived/,
  ],
  [
    'a price without amount',
    'error',
    stripe({ monthly: { ...MONTHLY, hasFixedAmount: false } }),
    /fixed amount/,
  ],
  ['a price paid once', 'error', stripe({ monthly: { ...MONTHLY, interval: undefined } }), /every month/],
  ['a quarterly price', 'error', stripe({ monthly: { ...MONTHLY, intervalCount: 3 } }), /every month/],
  ['an unknown yearly price', 'error', stripe({ yearly: 'missing' }), /YEARLY_PRICE_ID: .*no such/],
  [
    'a yearly price that is monthly',
    'error',
    stripe({ yearly: { ...YEARLY, interval: 'month' } }),
    /every year/,
  ],
  ['one price for both plans', 'error', stripe({ yearly: { ...YEARLY, id: 'price_m' } }), /same price id/],
  ['plans in two currencies', 'error', stripe({ yearly: { ...YEARLY, currency: 'eur' } }), /usd, eur/],
  [
    'plans on two products',
    'error',
    stripe({ yearly: { ...YEARLY, productId: 'prod_2' } }),
    /different products/,
  ],
  ['no endpoint in production', 'error', stripe({ endpoints: [] }), /no endpoint delivers/],
  ['no endpoint for development', 'warning', stripe({ endpoints: [] }, { production: false }), /no endpoint/],
  ['an endpoint with another URL', 'error', endpoint({ url: 'https://old.test/webhook' }), /no endpoint/],
  ['a disabled endpoint', 'error', endpoint({ enabled: false }), /disabled/],
  ['an endpoint with another version', 'error', endpoint({ apiVersion: '2020-08-27' }), /2020-08-27/],
  ['an endpoint without a version', 'error', endpoint({ apiVersion: null }), /of the account/],
  [
    'an endpoint without an event',
    'error',
    endpoint({ events: ['invoice.paid'] }),
    /does not send .*checkout/,
  ],
  ['two endpoints', 'warning', stripe({ endpoints: [ENDPOINT, ENDPOINT] }), /2 endpoints/],
  ['a key that may not list endpoints', 'warning', stripe({ endpoints: undefined }), /may not list/],
  ['a portal by default', 'warning', stripe({ portal: 'not_configured' }), /default of the account/],
  ['an unknown portal', 'error', stripe({ portal: 'missing' }), /no such configuration/],
  ['a key that may not read the portal', 'warning', stripe({ portal: 'unreadable' }), /may not read/],
  ['an inactive portal', 'error', stripe({ portal: { ...PORTAL, active: false } }), /not active/],
  [
    'a portal without cards',
    'error',
    stripe({ portal: { ...PORTAL, updatesCard: false } }),
    /update their card/,
  ],
  [
    'a portal that changes emails',
    'warning',
    stripe({ portal: { ...PORTAL, changesEmail: true } }),
    /email address/,
  ],
  [
    'a portal that changes plans',
    'warning',
    stripe({ portal: { ...PORTAL, changesPlan: true } }),
    /without a quote/,
  ],
  ['a portal that pauses', 'warning', stripe({ portal: { ...PORTAL, pauses: true } }), /pause/],
  ['a clock that breaks signatures', 'error', stripe({ clockSkewMs: 400_000 }), /400 s: every webhook/],
  ['a clock that drifts', 'warning', stripe({ clockSkewMs: -45_000 }), /-45 s/],
  ['no web process', 'error', web({ readiness: undefined, probes: [] }), /nothing answers/],
  ['another program', 'error', web({ readiness: { status: 200, body: {} } }), /another program/],
  [
    'a web process that is not ready',
    'error',
    web({ readiness: { status: 503, body: { checks: { postgres: 'down' } } } }),
    /"postgres":"down"/,
  ],
  ['another PUBLIC_URL', 'error', web({ actionsServer: 'http://127.0.0.1:3000' }), /instead of https/],
  [
    'another webhook secret',
    'error',
    web({
      probes: [
        { status: 200, body: {} },
        { status: 400, body: { code: 'invalid_signature' } },
      ],
    }),
    /secret 2/,
  ],
  ['a proxy that blocks the webhook', 'error', web({ probes: [{ status: 403, body: {} }] }), /status 403/],
  ['a webhook without an answer', 'error', web({ probes: [undefined] }), /no answer/],
];

describe('doctor', () => {
  it.each(WRONG)('reports %s with a fix', (_name, level, findings, text) => {
    const found = findings.filter((finding) => finding.level !== 'ok');

    expect(found.map((finding) => [finding.level, finding.text])).toEqual([
      [level, expect.stringMatching(text)],
    ]);
    expect(found[0]?.fix).toMatch(/^\w.{10,}/);
    expect(exitCodeOf(findings)).toBe(level === 'error' ? 1 : 0);
  });

  it.each([
    ['PostgreSQL', postgres({})],
    ['Redis', redis({})],
    ['Stripe', stripe({})],
    ['Stripe without a yearly plan', stripe({ yearly: 'not_configured' })],
    ['an endpoint for every event', endpoint({ events: ['*'] })],
    ['web', web({})],
  ])('reports nothing for a healthy %s', (_name, findings) => {
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(exitCodeOf(findings)).toBe(0);
  });

  it('prints each finding with its fix, and the totals', () => {
    expect(formatFindings([...redis({ role: 'slave' }), ...postgres({})])).toBe(
      [
        'ERROR    Redis          is a read-only replica',
        '                         fix: point REDIS_URL at the primary server',
        'ok       PostgreSQL     version 18, all migrations applied',
        '',
        '1 errors, 0 warnings',
      ].join('\n'),
    );
  });
});
