import { COMMON_PASSWORD_COUNT, isCommonPassword } from './common-passwords';

describe('isCommonPassword', () => {
  it('knows the 3,000 most common passwords that are long enough, and more', () => {
    expect(COMMON_PASSWORD_COUNT).toBeGreaterThan(3000);
  });

  it.each(['password', '12345678', 'qwertyuiop', 'iloveyou', 'trustno1', 'PassWord', 'Baseball'])(
    'is true for %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['correct horse battery', 'password that is long', '', ' password'])(
    'is false for %j',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
