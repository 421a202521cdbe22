import { isAllowed } from './allow-list';

describe('isAllowed', () => {
  it.each([
    ['127.0.0.1', ['127.0.0.0/8'], true],
    ['::ffff:127.0.0.1', ['127.0.0.0/8'], true],
    ['10.1.2.3', ['127.0.0.0/8', '10.0.0.0/8'], true],
    ['10.1.2.3', ['10.1.2.3'], true],
    ['10.1.2.4', ['10.1.2.3'], false],
    ['::1', ['::1'], true],
    ['fdaa::3', ['fdaa::/16'], true],
    ['203.0.113.9', ['127.0.0.0/8', '::1'], false],
    ['nonsense', ['0.0.0.0/0'], false],
    [undefined, ['0.0.0.0/0'], false],
    ['127.0.0.1', [], false],
  ])('%s in %j: %s', (address, ranges, expected) => {
    expect(isAllowed(address, ranges)).toBe(expected);
  });
});
