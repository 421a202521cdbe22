import { rotateKeys } from './rotate-keys';

describe('rotateKeys', () => {
  function counter() {
    let made = 0;
    return () => `new-${(made += 1)}`;
  }

  it('signs with the second key, adds a new second key, and keeps the previous signing key', () => {
    expect(rotateKeys(['current', 'next', 'retired'], counter())).toEqual(['next', 'new-1', 'current']);
  });

  it('never signs with an unpublished key once there is a second key', () => {
    let keys = rotateKeys(['current', 'next'], counter());
    for (let round = 0; round < 5; round += 1) {
      const [, second] = keys;
      keys = rotateKeys(keys, () => `round-${round}`);
      expect([keys[0], keys.length]).toEqual([second, 3]);
    }
  });

  it('completes a set of one key or none', () => {
    expect(rotateKeys(['only'], counter())).toEqual(['new-1', 'new-2', 'only']);
    expect(rotateKeys([], counter())).toEqual(['new-1', 'new-2']);
  });
});
