// Real processes under injected faults: `npm run chaos`. Not part of `npm test`.
const { projects } = require('./jest.config.cjs');

const e2e = projects.find(({ displayName }) => displayName === 'e2e');
const { setupFilesAfterEnv: _, ...rest } = e2e;

module.exports = {
  ...rest,
  displayName: 'chaos',
  testMatch: ['<rootDir>/test/chaos/**/*.chaos-spec.ts'],
  maxWorkers: 1,
};
