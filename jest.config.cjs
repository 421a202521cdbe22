// Jest runs the TypeScript sources through swc; types are checked by `npm run typecheck`.
// Nest 12 is ES modules only: the npm scripts pass --experimental-vm-modules and run on Node 24.
const base = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^src/(.*)$': '<rootDir>/src/$1',
    '^stripe-sandbox$': '<rootDir>/packages/stripe-sandbox/src',
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
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{src,packages,local,test}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/packages/stripe-sandbox/test/conformance/'],
    },
    {
      // Against sandboxes, or against the real Stripe in test mode when STRIPE_CONFORMANCE_KEY is set.
      ...base,
      displayName: 'conformance',
      globalSetup: '<rootDir>/packages/stripe-sandbox/test/support/conformance-setup.ts',
      globalTeardown: '<rootDir>/packages/stripe-sandbox/test/support/conformance-teardown.ts',
      testMatch: ['<rootDir>/packages/stripe-sandbox/test/conformance/*.spec.ts'],
    },
    {
      ...base,
      ...services,
      displayName: 'int',
      testMatch: ['<rootDir>/{src,local}/**/*.int-spec.ts'],
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
