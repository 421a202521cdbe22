import { InvalidRequestError } from 'src/common/errors/app-error';
import { isCommonPassword } from './common-passwords';
import { isPersonalPassword, type PasswordOwner } from './domain/new-password';

/**
 * Refuses what is guessed first; everything that sets a password calls it, before the password is hashed. Throws
 * `invalid_request` whose `errors[]` say `password_too_common` or `password_too_personal` at `pointer`. Length and
 * characters are the matter of `newPasswordSchema`.
 */
export function assertNewPassword(password: string, owner: PasswordOwner, pointer = '/password'): void {
  const weakness = findWeakness(password, owner);
  if (weakness === undefined) return;
  throw new InvalidRequestError('Please choose another password.', { errors: [{ pointer, ...weakness }] });
}

function findWeakness(password: string, owner: PasswordOwner) {
  if (isCommonPassword(password)) {
    return {
      code: 'password_too_common',
      detail: 'is among the passwords that are easy to guess; choose another one',
    };
  }
  if (isPersonalPassword(password, owner)) {
    return {
      code: 'password_too_personal',
      detail: 'is little more than a name or an address; add words that are only yours',
    };
  }
  return undefined;
}
