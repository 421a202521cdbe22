import { dictionary } from '@zxcvbn-ts/language-common';
import { MIN_PASSWORD_LENGTH } from './domain/new-password';

// About 18,000 that are long enough to be asked about (ASVS 5.0, 6.2.4 wants 3,000), all of them in lower case.
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter(({ length }) => length >= MIN_PASSWORD_LENGTH),
);

export const COMMON_PASSWORD_COUNT = COMMON.size;

/** Whether this is one of the passwords that attackers try first, in any upper and lower case. */
export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase());
