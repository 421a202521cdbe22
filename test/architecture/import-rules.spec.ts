import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { plant, type PlantedTree } from './planted-tree';

const ROOT = resolve(__dirname, '..', '..');
const DEPCRUISE = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');

interface Summary {
  readonly summary: { readonly violations: readonly { from: string; rule: { name: string } }[] };
}

const index = (name: string) => `export const ${name} = '${name}';\n`;

/** One file per rule that breaks exactly this rule, and what it needs to break it. */
const VIOLATIONS: Record<string, { from: string; text: string; extra?: Record<string, string> }> = {
  'no-circular': {
    from: 'src/common/circle-a.ts',
    text: `import { b } from './circle-b';\nexport const a: string = b;\n`,
    extra: { 'src/common/circle-b.ts': `import { a } from './circle-a';\nexport const b: string = a;\n` },
  },
  'public-surface-only': {
    from: 'src/modules/payments/deep.ts',
    text: `import { inner } from 'src/modules/users/inner';\nexport const x = inner;\n`,
    extra: { 'src/modules/users/inner.ts': index('inner') },
  },
  'outside-uses-index': {
    from: 'src/entry.ts',
    text: `import { inner } from 'src/modules/users/inner';\nexport const x = inner;\n`,
  },
  'no-import-of-commands': {
    from: 'src/common/impatient.ts',
    text: `import { migrate } from 'src/cli/migrate';\nexport const x = migrate;\n`,
    extra: { 'src/cli/migrate.ts': index('migrate') },
  },
  'no-module-imports-an-edge': {
    from: 'src/modules/payments/upward.ts',
    text: `import { operators } from 'src/modules/operators';\nexport const x = operators;\n`,
  },
  'edges-import-no-edge-but-operators': {
    from: 'src/modules/console/sideways.ts',
    text: `import { site } from 'src/modules/site';\nexport const x = site;\n`,
  },
  'no-repository-across-modules': {
    from: 'src/modules/users/index.ts',
    text: `export { rows } from './persistence/rows.repository';\nexport const users = 'users';\n`,
    extra: { 'src/modules/users/persistence/rows.repository.ts': index('rows') },
  },
  'no-repository-of-the-engine': {
    from: 'src/modules/payments/curious.ts',
    text: `import { subjects } from 'src/engine/persistence/subjects.repository';\nexport const x = subjects;\n`,
    extra: { 'src/engine/persistence/subjects.repository.ts': index('subjects') },
  },
  'no-own-barrel': {
    from: 'src/modules/users/selfish.ts',
    text: `import { users } from './index';\nexport const x = users;\n`,
  },
  'domain-is-pure': {
    from: 'src/modules/users/domain/impure.ts',
    text: `import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n`,
  },
  'common-knows-nothing': {
    from: 'src/common/curious.ts',
    text: `import { config } from 'src/config/config';\nexport const x = config;\n`,
    extra: { 'src/config/config.ts': index('config') },
  },
  'config-knows-common': {
    from: 'src/config/curious.ts',
    text: `import { database } from 'src/database/database';\nexport const x = database;\n`,
    extra: { 'src/database/database.ts': index('database') },
  },
  'metrics-know-config': {
    from: 'src/metrics/curious.ts',
    text: `import { database } from 'src/database/database';\nexport const x = database;\n`,
  },
  'infrastructure-knows-metrics': {
    from: 'src/queue/curious.ts',
    text: `import { engine } from 'src/engine/engine';\nexport const x = engine;\n`,
    extra: { 'src/engine/engine.ts': index('engine') },
  },
  'engine-and-mail-know-infrastructure': {
    from: 'src/engine/curious.ts',
    text: `import { users } from 'src/modules/users';\nexport const x = users;\n`,
  },
  'stripe-only-in-adapter': {
    from: 'src/modules/payments/loose.ts',
    text: `import type Stripe from 'stripe';\nexport type X = Stripe.Event;\n`,
  },
  'typeorm-only-in-persistence': {
    from: 'src/modules/users/loose.ts',
    text: `import { DataSource } from 'typeorm';\nexport const x = DataSource;\n`,
  },
  'bull-only-in-jobs': {
    from: 'src/modules/webhooks/loose.ts',
    text: `import type { Job } from 'bull';\nexport type X = Job;\n`,
  },
  'sandbox-stands-alone': {
    from: 'packages/stripe-sandbox/src/curious.ts',
    text: `import { users } from '../../../src/modules/users';\nexport const x = users;\n`,
  },
  'conformance-knows-only-the-sdk': {
    from: 'packages/stripe-sandbox/test/conformance/curious.spec.ts',
    text: `import { start } from '../../src/start';\nexport const x = start;\n`,
    extra: { 'packages/stripe-sandbox/src/start.ts': index('start') },
  },
  'src-knows-no-sandbox': {
    from: 'src/common/sandboxed.ts',
    text: `import { sandbox } from '../../packages/stripe-sandbox/src/sandbox';\nexport const x = sandbox;\n`,
    extra: { 'packages/stripe-sandbox/src/sandbox.ts': index('sandbox') },
  },
  'local-spawns-only': {
    from: 'local/curious.ts',
    text: `import { users } from '../src/modules/users';\nexport const x = users;\n`,
  },
  'no-test-code-in-src': {
    from: 'src/common/tested.ts',
    text: `import fc from 'fast-check';\nexport const x = fc;\n`,
  },
  'direction-users': direction('users', 'payments'),
  'direction-payments': direction('payments', 'auth'),
  'direction-auth': direction('auth', 'accounts'),
  'direction-accounts': direction('accounts', 'oauth'),
  'direction-oauth': direction('oauth', 'me'),
  'direction-me': direction('me', 'webhooks'),
  'direction-personal-data': direction('personal-data', 'webhooks'),
  'direction-dev-mail': direction('dev-mail', 'users'),
  'direction-chapters': direction('chapters', 'users'),
  'direction-chatgpt': direction('chatgpt', 'chapters'),
  'direction-webhooks': direction('webhooks', 'users'),
  'direction-operators': direction('operators', 'health'),
  'direction-console': direction('console', 'users'),
  'direction-health': direction('health', 'users'),
  'direction-monitoring': direction('monitoring', 'users'),
  'direction-alerts': direction('alerts', 'users'),
  'direction-site': direction('site', 'users'),
  'direction-retention': direction('retention', 'users'),
  'chapter-topic-course': chapterTopic('course', 'gate'),
  'chapter-topic-gate': chapterTopic('gate', 'quizzes'),
  'chapter-topic-quizzes': chapterTopic('quizzes', 'learning'),
  'chapter-topic-learning': chapterTopic('learning', 'reading'),
  'chapter-topic-reading': chapterTopic('reading', 'certificates'),
  'chapter-topic-certificates': chapterTopic('certificates', 'gate'),
  'chapter-topic-search': chapterTopic('search', 'learning'),
  'payment-topic-stripe': paymentTopic('stripe', 'operations'),
  'payment-topic-operations': paymentTopic('operations', 'stripe'),
  'payment-topic-tasks': paymentTopic('tasks', 'operations'),
  'payment-topic-plans': paymentTopic('plans', 'access'),
  'payment-topic-access': paymentTopic('access', 'sync'),
  'payment-topic-ending': paymentTopic('ending', 'sync'),
  'payment-topic-sync': paymentTopic('sync', 'checkout'),
  'payment-topic-revenue': paymentTopic('revenue', 'access'),
  'payment-topic-repairs': paymentTopic('repairs', 'checkout'),
  'payment-topic-emails': paymentTopic('emails', 'checkout'),
  'payment-topic-refund-requests': paymentTopic('refund-requests', 'checkout'),
  'payment-topic-person': paymentTopic('person', 'plans'),
  'payment-topic-reconcile': paymentTopic('reconcile', 'checkout'),
  'payment-topic-billing': paymentTopic('billing', 'reconcile'),
  'payment-topic-renewals': paymentTopic('renewals', 'checkout'),
  'payment-topic-checkout': paymentTopic('checkout', 'subscriptions'),
  'payment-topic-subscriptions': {
    from: 'src/modules/payments/subscriptions/wrong-way.ts',
    text: `import { effects } from 'src/modules/payments/effects';\nexport const x = effects;\n`,
    extra: { 'src/modules/payments/effects.ts': index('effects') },
  },
};

/** Path rules hold at any depth: the same faults inside a topic of a module, and in the engine. */
const DEEPER: readonly { rule: string; from: string; text: string }[] = [
  {
    rule: 'domain-is-pure',
    from: 'src/modules/payments/access/domain/impure.ts',
    text: `import { randomUUID } from 'node:crypto';\nexport const x = randomUUID;\n`,
  },
  ...['src/modules/payments/checkout/loose.ts', 'src/engine/loose.ts'].map((from) => ({
    rule: 'typeorm-only-in-persistence',
    from,
    text: `import { DataSource } from 'typeorm';\nexport const x = DataSource;\n`,
  })),
  ...['src/modules/payments/sync/loose.ts', 'src/engine/stripe.ts'].map((from) => ({
    rule: 'stripe-only-in-adapter',
    from,
    text: `import type Stripe from 'stripe';\nexport type X = Stripe.Event;\n`,
  })),
  ...['src/modules/payments/sync/queue.ts', 'src/engine/queue.ts'].map((from) => ({
    rule: 'bull-only-in-jobs',
    from,
    text: `import type { Job } from 'bull';\nexport type X = Job;\n`,
  })),
  {
    rule: 'no-own-barrel',
    from: 'src/modules/payments/access/selfish.ts',
    text: `import { payments } from 'src/modules/payments';\nexport const x = payments;\n`,
  },
  {
    rule: 'public-surface-only',
    from: 'src/modules/payments/sync/deep.ts',
    text: `import { inner } from 'src/modules/users/inner';\nexport const x = inner;\n`,
  },
];

function direction(from: string, to: string) {
  return {
    from: `src/modules/${from}/wrong-way.ts`,
    text: `import { ${to} } from 'src/modules/${to}';\nexport const x = ${to};\n`,
  };
}

function chapterTopic(from: string, to: string) {
  return topic('chapters', from, to);
}

function paymentTopic(from: string, to: string) {
  return topic('payments', from, to);
}

function topic(module: string, from: string, to: string) {
  const target = `src/modules/${module}/${to}/http/${to}.ts`;
  return {
    from: `src/modules/${module}/${from}/http/wrong-way.ts`,
    text: `import { ${to} } from '${target.replace('.ts', '')}';\nexport const x = ${to};\n`,
    extra: { [target]: index(to) },
  };
}

const MODULES = [
  'users',
  'payments',
  'auth',
  'accounts',
  'oauth',
  'me',
  'chapters',
  'chatgpt',
  'webhooks',
  'operators',
  'console',
  'health',
  'site',
];

describe('import rules', () => {
  let tree: PlantedTree;
  let found: readonly { from: string; rule: { name: string } }[];

  beforeAll(() => {
    const files: Record<string, string> = {};
    for (const name of MODULES) files[`src/modules/${name}/index.ts`] = index(name);
    for (const { from, text, extra } of Object.values(VIOLATIONS))
      Object.assign(files, { [from]: text }, extra);
    for (const { from, text } of DEEPER) files[from] = text;
    tree = plant(files);
    found = (JSON.parse(cruise(tree.folder)) as Summary).summary.violations;
  });

  afterAll(() => tree.remove());

  it.each(Object.entries(VIOLATIONS))('%s is reported', (rule, { from }) => {
    expect(found.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(rule);
  });

  it.each(DEEPER)('$rule is reported in $from', ({ rule, from }) => {
    expect(found.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(rule);
  });

  it('has a planted violation for every rule there is', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the rules are a CommonJS file by the tool's convention
    const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };

    expect(Object.keys(VIOLATIONS).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
  });

  it('reports nothing else', () => {
    const planted = new Set([
      ...Object.values(VIOLATIONS).flatMap(({ from, extra }) => [from, ...Object.keys(extra ?? {})]),
      ...DEEPER.map(({ from }) => from),
    ]);

    expect(found.filter(({ from }) => !planted.has(from))).toEqual([]);
  });
});

/** Exits non-zero when it finds violations, which is what is wanted here. */
function cruise(folder: string): string {
  const roots = ['src', 'packages/stripe-sandbox', 'local'];
  try {
    return execFileSync(
      process.execPath,
      [DEPCRUISE, ...roots, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    if (stdout?.startsWith('{')) return stdout;
    throw new Error(`dependency-cruiser failed: ${stderr ?? String(error)}`);
  }
}
