// The picture in ARCHITECTURE.md, held by a program. test/architecture plants one violation per rule and expects each
// to be reported.

// Who may import whom, through index.ts only. No arrow points up and there is no cycle.
const ALLOWED = {
  users: [],
  payments: ['users'],
  auth: ['users'],
  accounts: ['users', 'payments', 'auth'],
  oauth: ['users', 'auth', 'accounts'],
  chapters: ['payments'],
  chatgpt: [],
  webhooks: ['payments'],
  'personal-data': ['users', 'auth', 'accounts', 'payments'],
  me: ['users', 'auth', 'accounts', 'oauth', 'payments', 'chapters', 'personal-data'],
  operators: ['users', 'auth', 'accounts', 'oauth', 'chapters', 'payments', 'webhooks', 'personal-data'],
  console: ['auth', 'oauth', 'webhooks'],
  'dev-mail': ['accounts', 'payments'],
  health: ['monitoring'],
  monitoring: ['payments', 'webhooks'],
  alerts: ['monitoring'],
  site: ['chapters', 'payments'],
  retention: [],
};

// The outer ring: pages, operator API, documents and probes over the other modules. Nothing imports an edge, except
// that another edge may import `operators`.
const EDGES = ['me', 'operators', 'alerts', 'console', 'chatgpt', 'site', 'health', 'dev-mail', 'retention'];

const MODULES = '^src/modules/';
const TESTS = '\\.(spec|int-spec|e2e-spec)\\.ts$';

const directions = Object.entries(ALLOWED).map(([name, allowed]) => ({
  name: `direction-${name}`,
  comment: `${name} may import: ${allowed.join(', ') || 'no other module'}.`,
  severity: 'error',
  from: { path: `${MODULES}${name}/`, pathNot: TESTS },
  to: { path: `${MODULES}(?!(${[name, ...allowed].join('|')})/)` },
}));

// The topics of chapters, from the bottom up. A topic imports the topics that its line names.
const CHAPTER_TOPICS = {
  course: [],
  gate: ['course'],
  quizzes: ['course', 'gate'],
  learning: ['course', 'quizzes'],
  reading: ['course', 'gate', 'learning'],
  certificates: ['course', 'learning'],
  search: ['course'],
};

const chapterTopics = Object.entries(CHAPTER_TOPICS).map(([name, allowed]) => ({
  name: `chapter-topic-${name}`,
  comment: `chapters/${name} may import: ${allowed.join(', ') || 'no other topic'}.`,
  severity: 'error',
  from: { path: `${MODULES}chapters/${name}/`, pathNot: TESTS },
  to: { path: `${MODULES}chapters/(?!(${[name, ...allowed].join('|')})/)` },
}));

// The topics of payments, from the bottom up. Every topic may also import the module's own domain/ and its errors;
// effects.ts and the module file, which wire them, are above all topics.
const PAYMENT_TOPICS = {
  stripe: [],
  operations: [],
  tasks: [],
  plans: ['stripe', 'tasks'],
  access: ['operations'],
  ending: ['stripe', 'operations'],
  sync: ['stripe', 'operations', 'tasks', 'ending', 'plans', 'access'],
  renewals: ['stripe', 'operations', 'tasks', 'ending', 'access', 'sync'],
  emails: ['access', 'sync'],
  checkout: ['stripe', 'operations', 'tasks', 'ending', 'plans', 'access', 'sync'],
  subscriptions: ['stripe', 'operations', 'tasks', 'ending', 'plans', 'access', 'sync', 'checkout'],
  billing: ['stripe', 'operations', 'tasks', 'ending', 'plans', 'access', 'sync', 'subscriptions'],
  reconcile: ['stripe', 'plans', 'sync'],
  'refund-requests': ['stripe', 'operations', 'sync'],
  person: [
    'stripe',
    'operations',
    'access',
    'ending',
    'tasks',
    'sync',
    'checkout',
    'subscriptions',
    'refund-requests',
  ],
  revenue: [],
  repairs: ['stripe', 'operations', 'ending', 'access', 'sync'],
};

const paymentTopics = Object.entries(PAYMENT_TOPICS).map(([name, allowed]) => ({
  name: `payment-topic-${name}`,
  comment: `payments/${name} may import: ${allowed.join(', ') || 'no other topic'}.`,
  severity: 'error',
  from: { path: `${MODULES}payments/${name}/`, pathNot: TESTS },
  to: {
    path: `${MODULES}payments/`,
    pathNot: `${MODULES}payments/(${['domain', name, ...allowed].join('|')})/|/payments\\.errors\\.ts$`,
  },
}));

const only = (name, comment, { from, fromNot, to }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [TESTS, ...(fromNot === undefined ? [] : [fromNot])] },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means a missing third module.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'public-surface-only',
      comment: 'Another module is entered through its index.ts.',
      severity: 'error',
      from: { path: `${MODULES}([^/]+)/`, pathNot: TESTS },
      to: { path: `${MODULES}[^/]+/`, pathNot: [`${MODULES}$1/`, `${MODULES}[^/]+/index\\.ts$`] },
    },
    {
      name: 'outside-uses-index',
      comment: 'The process entry points know modules by their public surface too.',
      severity: 'error',
      from: { path: '^src/(?!modules/)', pathNot: TESTS },
      to: { path: `${MODULES}[^/]+/`, pathNot: [`${MODULES}[^/]+/index\\.ts$`] },
    },
    only(
      'no-import-of-commands',
      'A command is started, not called. What it shares with others lives in a lower layer.',
      {
        from: '^src/(?!cli/)',
        to: '^src/cli/',
      },
    ),
    only('no-module-imports-an-edge', 'Edges import modules; no module imports an edge.', {
      from: MODULES,
      fromNot: `${MODULES}(${EDGES.join('|')})/`,
      to: `${MODULES}(${EDGES.join('|')})/`,
    }),
    {
      name: 'edges-import-no-edge-but-operators',
      comment: 'Two edges that need the same thing need a module below both.',
      severity: 'error',
      from: { path: `${MODULES}(${EDGES.join('|')})/`, pathNot: TESTS },
      to: {
        path: `${MODULES}(${EDGES.join('|')})/`,
        pathNot: [`${MODULES}$1/`, `${MODULES}operators/`],
      },
    },
    {
      name: 'no-repository-across-modules',
      comment: 'A module exports services. Types of its rows may leave it, its repositories may not.',
      severity: 'error',
      from: { path: `${MODULES}[^/]+/index\\.ts$` },
      to: { path: '/persistence/', dependencyTypesNot: ['type-only'] },
    },
    only('no-repository-of-the-engine', 'Modules see the services of the engine.', {
      from: '^src/(?!engine/)',
      to: '^src/engine/persistence/',
    }),
    {
      name: 'no-own-barrel',
      comment: 'Inside a module, import the file you mean.',
      severity: 'error',
      from: { path: `${MODULES}([^/]+)/`, pathNot: `${MODULES}[^/]+/index\\.ts$` },
      to: { path: `${MODULES}$1/index\\.ts$` },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules know no framework, no driver, no Node: they can be read and tested alone.',
      severity: 'error',
      from: { path: `${MODULES}([^/]+)/.*\\bdomain/`, pathNot: TESTS },
      to: { pathNot: [`${MODULES}$1/.*\\bdomain/`, '^src/common/(domain|errors)/'] },
    },
    only('common-knows-nothing', 'common is below everything.', {
      from: '^src/common/',
      to: '^src/(?!common/)',
    }),
    only('config-knows-common', 'config imports only common.', {
      from: '^src/config/',
      to: '^src/(?!config/|common/)',
    }),
    only('metrics-know-config', 'metrics imports only config and common.', {
      from: '^src/metrics/',
      to: '^src/(?!metrics/|config/|common/)',
    }),
    only(
      'infrastructure-knows-metrics',
      'database, queue and clock import only each other and what is below.',
      {
        from: '^src/(database|queue|clock)/',
        to: '^src/(?!(database|queue|clock|metrics|config|common)/)',
      },
    ),
    only('engine-and-mail-know-infrastructure', 'The work engine and mail know no feature, nor each other.', {
      from: '^src/(engine|mail)/',
      to: '^src/(?!($1|database|queue|clock|metrics|config|common)/)',
    }),
    only('stripe-only-in-adapter', "One room knows Stripe's shapes.", {
      from: '^src/',
      fromNot: `${MODULES}payments/stripe/`,
      to: 'node_modules/stripe/',
    }),
    only('typeorm-only-in-persistence', 'SQL lives in repositories and the database room.', {
      from: '^src/',
      fromNot: '(/persistence/|^src/database/|\\.module\\.ts$)',
      to: 'node_modules/typeorm/',
    }),
    only('bull-only-in-jobs', 'Queues are a detail of jobs.', {
      from: '^src/',
      fromNot: '(/jobs/|^src/queue/|\\.module\\.ts$)',
      to: 'node_modules/(bull|@nestjs/bull)/',
    }),
    only('sandbox-stands-alone', 'The sandbox could be anybody’s: it knows nothing of our backend.', {
      from: '^packages/stripe-sandbox/',
      to: '^(src|local|migrations|test)/',
    }),
    {
      name: 'conformance-knows-only-the-sdk',
      comment: 'The suite must run unchanged against the real Stripe, so it cannot know the sandbox.',
      severity: 'error',
      from: { path: '^packages/stripe-sandbox/test/conformance/' },
      to: { pathNot: ['^packages/stripe-sandbox/test/conformance/', 'node_modules/stripe/'] },
    },
    only('src-knows-no-sandbox', 'The backend meets the sandbox over HTTP only, like the real Stripe.', {
      from: '^(src|migrations)/',
      to: '^(packages|local|test|bench)/',
    }),
    only('local-spawns-only', 'npm start runs the parts as processes; it does not import them.', {
      from: '^local/',
      to: '^(src/modules|packages)/',
    }),
    only('no-test-code-in-src', 'What ships does not need what tests.', {
      from: '^(src|packages/stripe-sandbox/src|local|migrations)/',
      to: '(\\.spec\\.ts$|^test/|^packages/[^/]+/test/|node_modules/(@nestjs/testing|fast-check|jest)/)',
    }),
    ...directions,
    ...chapterTopics,
    ...paymentTopics,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^packages/[^/]+/dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    preserveSymlinks: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
