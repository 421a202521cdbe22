import { isNodeSupported } from './node-version';

describe('isNodeSupported', () => {
  it.each([
    ['20.20.2', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.0.0', true],
  ])('%s: %s', (version, expected) => {
    expect(isNodeSupported(version)).toBe(expected);
  });
});
