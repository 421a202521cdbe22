import { createHash } from 'node:crypto';
import { ApiError } from '../core/errors';

export interface StoredAnswer {
  status: number;
  body: string;
}

interface Entry {
  fingerprint: string;
  answer?: StoredAnswer;
}

const LONGEST_KEY = 255;
/** Stripe keeps keys for a day; here the number is bounded instead. */
const MOST_KEYS = 50_000;

/** What to do with a keyed request: run it, or give the first answer again. */
export type Claim = { kind: 'run' } | { kind: 'replay'; answer: StoredAnswer };

/**
 * Idempotency keys as Stripe treats them: the first answer is replayed, errors included; other parameters under the
 * same key are refused; a key whose first request still runs conflicts. Validation failures are forgotten.
 */
export class IdempotencyKeys {
  private readonly entries = new Map<string, Entry>();

  claim(key: string, request: { method: string; path: string; body: string }): Claim {
    if (key.length > LONGEST_KEY) {
      throw conflict(400, `Idempotency keys must be at most ${LONGEST_KEY} characters.`);
    }
    const fingerprint = fingerprintOf(request);
    const known = this.entries.get(key);
    if (!known) {
      this.entries.set(key, { fingerprint });
      this.forgetOldest();
      return { kind: 'run' };
    }
    if (known.fingerprint !== fingerprint) {
      throw conflict(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. ` +
          `Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    if (!known.answer) {
      throw conflict(
        409,
        `There is currently another in-progress request using this Idempotent Key (that probably means you submitted ` +
          `twice, and the other request is still going through): ${key}.`,
        'idempotency_key_in_use',
      );
    }
    return { kind: 'replay', answer: known.answer };
  }

  keep(key: string, answer: StoredAnswer): void {
    const entry = this.entries.get(key);
    if (entry) entry.answer = answer;
  }

  /** The request failed before anything was done, so the key may be used again. */
  forget(key: string): void {
    this.entries.delete(key);
  }

  private forgetOldest(): void {
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= MOST_KEYS) return;
      if (entry.answer) this.entries.delete(key);
    }
  }

  dump(): Array<[string, Entry]> {
    return [...this.entries].filter(([, entry]) => entry.answer);
  }

  load(entries: Array<[string, Entry]>): void {
    this.entries.clear();
    for (const [key, entry] of entries) this.entries.set(key, entry);
  }
}

function fingerprintOf(request: { method: string; path: string; body: string }): string {
  const parameters = request.body.split('&').sort().join('&');
  return createHash('sha256').update(`${request.method} ${request.path}\n${parameters}`).digest('base64');
}

function conflict(status: number, message: string, code?: string): ApiError {
  return new ApiError(status, { type: 'idempotency_error', message, ...(code ? { code } : {}) });
}
