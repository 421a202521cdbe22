import { createHash } from 'node:crypto';
import { ApiError } from '../core/errors';
import type { Result } from './result';

interface Entry {
  fingerprint: string;
  /** Real milliseconds of the first request. */
  at: number;
  answer?: Result;
}

const LONGEST_KEY = 255;
/** As long as Stripe promises to keep them. */
const LIFETIME_MS = 24 * 3_600_000;
/** Answers are kept up to this many characters in all, so that a day under load does not fill the memory. */
const MOST_KEPT = 64 * 1024 * 1024;

/** What to do with a keyed request: run it, or give the first answer again. */
export type Claim = { kind: 'run' } | { kind: 'replay'; answer: Result };

/**
 * Idempotency keys as Stripe treats them: the first answer is replayed, errors included; other parameters under the
 * same key are refused; a key whose first request still runs conflicts. Validation failures are forgotten at once,
 * everything else after a day, or earlier when there are more answers than fit.
 */
export class IdempotencyKeys {
  private readonly entries = new Map<string, Entry>();
  private kept = 0;

  constructor(private readonly mostKept = MOST_KEPT) {}

  claim(key: string, request: { method: string; path: string; body: string }, now = Date.now()): Claim {
    if (key.length > LONGEST_KEY) {
      throw conflict(400, `Idempotency keys must be at most ${LONGEST_KEY} characters.`);
    }
    this.forgetOld(now);
    const fingerprint = fingerprintOf(request);
    const known = this.entries.get(key);
    if (!known) {
      this.entries.set(key, { fingerprint, at: now });
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

  keep(key: string, answer: Result): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    entry.answer = answer;
    this.kept += answer.body.length;
  }

  /** The request failed before anything was done, so the key may be used again. */
  forget(key: string): void {
    this.kept -= this.entries.get(key)?.answer?.body.length ?? 0;
    this.entries.delete(key);
  }

  get size(): number {
    return this.entries.size;
  }

  /** Oldest first, which is the order of the map; keys whose request still runs stay. */
  private forgetOld(now: number): void {
    for (const [key, { at, answer }] of this.entries) {
      if (this.kept <= this.mostKept && now - at <= LIFETIME_MS) return;
      if (answer) this.forget(key);
    }
  }

  dump(): Array<[string, Entry]> {
    return [...this.entries].filter(([, entry]) => entry.answer);
  }

  load(entries: Array<[string, Entry]>): void {
    this.entries.clear();
    this.kept = 0;
    for (const [key, entry] of entries) {
      this.entries.set(key, entry);
      this.kept += entry.answer?.body.length ?? 0;
    }
  }
}

function fingerprintOf(request: { method: string; path: string; body: string }): string {
  const parameters = request.body.split('&').sort().join('&');
  return createHash('sha256').update(`${request.method} ${request.path}\n${parameters}`).digest('base64');
}

function conflict(status: number, message: string, code?: string): ApiError {
  return new ApiError(status, { type: 'idempotency_error', message, ...(code ? { code } : {}) });
}
