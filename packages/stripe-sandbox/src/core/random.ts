import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Bytes from here on would prefer some letters. */
const FAIR = 248;

/** Random bytes are drawn in bulk: asking the system for each id costs more than the id. */
const pool = Buffer.alloc(8192);
let used = pool.length;

function nextByte(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++] as number;
}

/** Unguessable base-62 text, as in Stripe's ids and secrets. */
export function randomText(length: number): string {
  const text = Buffer.allocUnsafe(length);
  for (let i = 0; i < length;) {
    const byte = nextByte();
    if (byte < FAIR) text[i++] = ALPHABET.charCodeAt(byte % 62);
  }
  // Decoded at once it is one flat string; grown letter by letter it would be kept as a chain of pieces.
  return text.toString('latin1');
}
/** A new id with the prefix of its kind: `newId('cus')` gives `cus_…`. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomText(length)}`;
}

/** Reproducible random numbers (mulberry32): the same seed gives the same order of concurrent events and faults. */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }
}
