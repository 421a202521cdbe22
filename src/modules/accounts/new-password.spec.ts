import { InvalidRequestError } from 'src/common/errors/app-error';
import { assertNewPassword } from './new-password';

const ADA = { email: 'ada@example.com', fullName: 'Ada Lovelace' };

function errorsOf(password: string, pointer?: string) {
  try {
    assertNewPassword(password, ADA, pointer);
    return [];
  } catch (error) {
    if (error instanceof InvalidRequestError) return error.errors;
    throw error;
  }
}

describe('assertNewPassword', () => {
  it('takes a password of words that are nobody else’s', () => {
    expect(errorsOf('violets in november')).toEqual([]);
  });

  it.each([
    ['Password1', 'password_too_common'],
    ['ada-lovelace-1', 'password_too_personal'],
  ])('refuses %s with %s, at the field it came in', (password, code) => {
    expect(errorsOf(password, '/new_password')).toEqual([
      { pointer: '/new_password', code, detail: expect.any(String) },
    ]);
  });
});
