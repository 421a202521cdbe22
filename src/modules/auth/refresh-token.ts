import { createHash, createHmac, randomBytes } from 'node:crypto';

const BYTES = 32;

/** A first refresh token: 256 random bits. */
export const generateRefreshToken = (): string => randomBytes(BYTES).toString('base64url');

/** What the database keeps instead of the token. 256 random bits need no slow hash. */
export const hashRefreshToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export const generateSuccessorSalt = (): Buffer => randomBytes(BYTES);

/**
 * The token that follows `token`. Needs both the token (which only the client has) and the random salt (which only the
 * database has), so neither a stolen old token nor a stolen database yields it; and a retried exchange gives the same
 * successor instead of a second branch.
 */
export const deriveSuccessor = (token: string, salt: Buffer): string =>
  createHmac('sha256', token).update(salt).digest('base64url');
