import { rotateKeys } from './rotate-keys';

describe('rotateKeys', () => {
  function counter() {
    let made = 0;
    return () => `new-${(made += 1)}`;
  }

  it('lets the waiting key sign, makes another wait, and keeps the one that signed', () => {
    expect(rotateKeys(['current', 'next', 'retired'], counter())).toEqual(['next', 'new-1', 'current']);
  });

  it('never signs with a key that was not published before, once there is one that waits', () => {
    let keys = rotateKeys(['current', 'next'], counter());
    for (let round = 0; round < 5; round += 1) {
      const [, waiting] = keys;
      keys = rotateKeys(keys, () => `round-${round}`);
      expect([keys[0], keys.length]).toEqual([waiting, 3]);
    }
  });

  it('brings a set of one key, or none, into order', () => {
    expect(rotateKeys(['only'], counter())).toEqual(['new-1', 'new-2', 'only']);
    expect(rotateKeys([], counter())).toEqual(['new-1', 'new-2']);
  });
});
