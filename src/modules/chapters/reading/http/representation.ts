import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { matchesETag } from './if-none-match';

/** A JSON object that is the same for every reader, serialised and hashed once. */
export interface SharedJson {
  /** Without the closing brace. */
  readonly open: Buffer;
  readonly hash: string;
  /** Whole answers by their personal part: most readers of a chapter have the same progress in it. */
  readonly answers: Map<string, Representation>;
}

export interface Representation {
  readonly body: Buffer;
  /** Strong: equal tags mean equal bytes. */
  readonly etag: string;
}

const HASH_LENGTH = 22;
/** About a megabyte per chapter. */
const MAX_ANSWERS = 50;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH);
}

/**
 * Caches the serialised form as long as the content object exists. A reload of the course creates new objects, so nothing has to
 * be invalidated. Serialising 20 kB per request would cost a third of the throughput.
 */
export class SharedJsonCache<K extends object> {
  private readonly known = new WeakMap<K, SharedJson>();

  constructor(private readonly render: (key: K) => object) {}

  get(key: K): SharedJson {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const json = JSON.stringify(this.render(key));
    const made = { open: Buffer.from(json.slice(0, -1)), hash: hashOf(json), answers: new Map() };
    this.known.set(key, made);
    return made;
  }
}

/** Joins the shared part with the part of this reader. `personal` must have at least one member. */
export function represent({ open, hash, answers }: SharedJson, personal: object): Representation {
  const own = JSON.stringify(personal).slice(1);
  const known = answers.get(own);
  if (known !== undefined) return known;
  const made = { body: Buffer.concat([open, Buffer.from(`,${own}`)]), etag: `"${hashOf(hash + own)}"` };
  const [oldest] = answers.keys();
  if (answers.size >= MAX_ANSWERS && oldest !== undefined) answers.delete(oldest);
  answers.set(own, made);
  return made;
}

/**
 * Sets the caching headers and answers 304 without a body when the caller already has these bytes. Call it only after the access
 * check, so that a student without access is refused even with a valid tag. RFC 9110, 13.1.2 and 15.4.5.
 */
export function sendRepresentation(reply: FastifyReply, { body, etag }: Representation): Buffer | undefined {
  void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'Authorization' });
  if (matchesETag(reply.request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return undefined;
  }
  void reply.type('application/json; charset=utf-8');
  return body;
}
