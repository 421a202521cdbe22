import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isCommonPassword } from './common-passwords';

const read = (name: string): string[] =>
  gunzipSync(readFileSync(`test/data/${name}`))
    .toString('utf8')
    .split('\n');

describe('isCommonPassword', () => {
  it.each([
    ['the 3,000 of Burnett', read('burnett-10000.txt.gz').slice(0, 3000)],
    ['the 3,000 of Django', read('django-3000.txt.gz')],
  ])('is true for %s, which are not the lists that it uses', (_, list) => {
    expect(list).toHaveLength(3000);
    const passed = list.filter((password) => !isCommonPassword(password));
    // Each list has a few entries that no other has.
    expect(passed.slice(3)).toEqual([]);
  });

  it('is true for 97 of 100 among the 10,000 of Burnett', () => {
    const passed = read('burnett-10000.txt.gz').filter((password) => !isCommonPassword(password));

    expect(passed.length).toBeLessThan(300);
  });

  it('uses 10,000 passwords and more that the length rule accepts', () => {
    const long = gunzipSync(readFileSync('data/common-passwords.txt.gz'))
      .toString('utf8')
      .split('\n')
      .filter((password) => [...password].length >= 8);

    expect(long.length).toBeGreaterThan(10_000);
  });

  it.each([
    'password',
    'PassWord',
    '\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18',
    'linkedin',
    '987654321',
    '88888888',
    'MonkeyMonkey',
    'abcabcabcabc',
    'abcd1234',
  ])('is true for %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each(['correct horse battery', 'password that is long', '', ' password', 'purple monkey wrench'])(
    'is false for %j',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
