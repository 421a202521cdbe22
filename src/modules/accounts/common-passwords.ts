import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';
import { isSequence, repeatedUnitOf } from './domain/password-pattern';

/** Most common first, in lower case; data/README.md names its source. */
const FILE = 'data/common-passwords.txt.gz';
/** A unit this short is guessed in no time, however often it is repeated. */
const SHORT_UNIT = 4;

const COMMON: ReadonlySet<string> = new Set([
  ...gunzipSync(readFileSync(FILE)).toString('utf8').split('\n'),
  ...dictionary['passwords-common'],
]);

/** Whether attackers try this password early: a common one in any case, a sequence, or the repetition of such a thing. */
export function isCommonPassword(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (isKnown(folded)) return true;
  const unit = repeatedUnitOf(folded);
  return unit !== undefined && ([...unit].length <= SHORT_UNIT || isKnown(unit));
}

const isKnown = (text: string): boolean => COMMON.has(text) || isSequence(text);
