import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts so that a stolen database or backup reveals nothing. `context` must be given again to decrypt: what was
 * encrypted for one row cannot be decrypted as another.
 */
export function seal(text: string, context: string, secret: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Undefined when none of the secrets opens it: changed, of another context, or sealed with a secret that is gone. */
export function open(sealed: Buffer, context: string, secrets: readonly string[]): string | undefined {
  for (const secret of secrets) {
    const text = tryOpen(sealed, context, secret);
    if (text !== undefined) return text;
  }
  return undefined;
}

function tryOpen(sealed: Buffer, context: string, secret: string): string | undefined {
  try {
    const iv = sealed.subarray(0, IV_BYTES);
    const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, keyOf(secret), iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    const text = [decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(text).toString('utf8');
  } catch {
    return undefined;
  }
}

// A key of its own from a secret that also signs tokens: RFC 5869, with a name for the purpose.
const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'course-companion outbox', 32));
