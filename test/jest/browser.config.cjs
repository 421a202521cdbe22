// The pages in a real browser: `npm run test:browser`. Everything as in the other tests, plus Chromium.
const { projects } = require('./jest.config.cjs');

const e2e = projects.find(({ displayName }) => displayName === 'e2e');

module.exports = {
  ...e2e,
  displayName: 'browser',
  testMatch: ['<rootDir>/test/browser/**/*.browser-spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
