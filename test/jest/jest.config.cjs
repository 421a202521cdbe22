// Jest runs the TypeScript sources through swc; types are checked by `npm run typecheck`.
// Nest 12 is ES modules only: the npm scripts pass --experimental-vm-modules and run on Node 24.
const { join } = require('node:path');

const SANDBOX = '<rootDir>/packages/stripe-sandbox';

const base = {
  rootDir: join(__dirname, '..', '..'),
  runtime: '<rootDir>/test/jest/shared-packages-runtime.cjs',
  testEnvironment: '<rootDir>/test/jest/main-realm-environment.cjs',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^src/(.*)$': '<rootDir>/src/$1',
    '^stripe-sandbox$': `${SANDBOX}/src`,
  },
  moduleFileExtensions: ['ts', 'js', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/packages/[^/]+/dist/', '<rootDir>/.data/'],
  setupFiles: ['<rootDir>/test/support/quiet.ts'],
};
const services = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  projects: [
    {
      // No socket and no process: the environment closes both.
      ...base,
      displayName: 'unit',
      testEnvironment: '<rootDir>/test/jest/closed-environment.cjs',
      testMatch: ['<rootDir>/{src,local,test}/**/*.spec.ts', `${SANDBOX}/src/**/*.spec.ts`],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/architecture/'],
    },
    {
      // Programs that judge the sources: each test runs one over a small tree with violations.
      ...base,
      displayName: 'rules',
      testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'],
    },
    {
      ...base,
      displayName: 'sandbox',
      testMatch: [`${SANDBOX}/test/**/*.spec.ts`],
      testPathIgnorePatterns: [
        '/node_modules/',
        `${SANDBOX}/test/conformance/`,
        `${SANDBOX}/test/cli.spec.ts`,
      ],
    },
    {
      // The official Stripe CLI against the sandbox.
      ...base,
      displayName: 'cli',
      testMatch: [`${SANDBOX}/test/cli.spec.ts`],
    },
    {
      // Against sandboxes, or against the real Stripe in test mode when STRIPE_CONFORMANCE_KEY is set.
      ...base,
      displayName: 'conformance',
      globalSetup: `${SANDBOX}/test/support/conformance-setup.ts`,
      globalTeardown: `${SANDBOX}/test/support/conformance-teardown.ts`,
      testMatch: [`${SANDBOX}/test/conformance/*.spec.ts`],
    },
    {
      ...base,
      ...services,
      displayName: 'int',
      testMatch: ['<rootDir>/{src,local,test}/**/*.int-spec.ts'],
    },
    {
      ...base,
      ...services,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/fail-on-undocumented.ts'],
    },
  ],
  testTimeout: 30_000,
  maxWorkers: 2,
};
