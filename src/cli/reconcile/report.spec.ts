import type { SweepReport } from 'src/modules/payments';
import { exitCodeOf, formatReport } from './report';

const report = (overrides: Partial<SweepReport> = {}): SweepReport => ({
  subscriptions: 3,
  customers: 4,
  requests: 2,
  found: 0,
  repairs: 0,
  outcome: 'done',
  drift: [],
  open: 0,
  durationMs: 1234,
  ...overrides,
});
const drift = {
  kind: 'status',
  customerId: 'cus_1',
  subscriptionId: 'sub_1',
  userId: 'u1',
  here: 'active',
  there: 'canceled',
} as const;
const differing = report({ found: 1, drift: [drift], open: 1, repairs: 1 });

describe('the report of npm run reconcile', () => {
  it.each([
    ['everything agrees', report(), false, /agrees with Stripe/, 0],
    ['a dry run finds a difference', differing, true, /status +cus_1 sub_1 here: active there: canceled/, 1],
    ['a difference was repaired', { ...differing, open: 0 }, false, /Everything agrees now/, 0],
    ['a difference remains', differing, false, /check that a worker runs/, 1],
    ['the key is of another account', { ...differing, outcome: 'not_repaired' }, false, /another account/, 1],
    ['another process sweeps', 'busy', false, /Another process/, 2],
    ['Stripe is unavailable', new Error('no answer'), false, /failed: no answer/, 2],
  ] as const)('%s', (_, given, dryRun, text, code) => {
    expect(formatReport(given, dryRun)).toMatch(text);
    expect(exitCodeOf(given)).toBe(code);
  });

  it('shows at most a hundred differences', () => {
    const many = report({ drift: Array.from({ length: 150 }, () => drift), open: 150 });

    expect(formatReport(many, true)).toContain('... and 50 more');
    expect(formatReport(many, true)).toContain('status 150');
  });
});
