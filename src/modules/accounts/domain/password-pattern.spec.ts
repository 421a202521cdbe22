import fc from 'fast-check';
import { isSequence, repeatedUnitOf } from './password-pattern';

describe('isSequence', () => {
  it.each([
    '12345678',
    '987654321',
    '1234567890123',
    'abcdefgh',
    'hgfedcba',
    'qwertyuiop',
    'poiuytrewq',
    'asdfghjkl;',
    'zxcvbnm,./',
    '88888888',
    'aaaabbbb',
    '1234qwer',
    'abcd1234zxcv',
  ])('is true for %s', (password) => {
    expect(isSequence(password)).toBe(true);
  });

  it.each(['correct horse', '73920187465019', 'abc9def7', 'qazwsxed', '', 'a'])(
    'is false for %j',
    (password) => {
      expect(isSequence(password)).toBe(false);
    },
  );

  it('is false for nearly all random passwords', () => {
    const lower = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
      minLength: 12,
      maxLength: 12,
    });
    const found = fc.sample(lower, { numRuns: 2000, seed: 1 }).filter(isSequence);

    expect(found.filter((password) => new Set(password).size > 4)).toEqual([]);
  });
});

describe('repeatedUnitOf', () => {
  it.each([
    ['609609609', '609'],
    ['monkeymonkey', 'monkey'],
    ['abababab', 'ab'],
    ['aaaaaaaa', 'a'],
    ['12341234123', '1234'],
    ['correct horse', undefined],
    ['abcdabce', undefined],
    ['', undefined],
  ])('of %j is %j', (password, unit) => {
    expect(repeatedUnitOf(password)).toBe(unit);
  });
});
