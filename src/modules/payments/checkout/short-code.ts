import { randomInt } from 'node:crypto';

/** Letters and digits only: programs that find links in a text leave off a last `_` or `-`. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 71 bits. */
const LENGTH = 12;

/** The code of a new payment link. */
export const newShortCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
