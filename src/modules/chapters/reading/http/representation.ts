import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { matchesETag } from './if-none-match';

/** A JSON object that is the same for every reader, serialised and hashed once. */
export interface SharedJson {
  /** Without the closing brace. */
  readonly open: string;
  readonly hash: string;
}

export interface Representation {
  readonly body: string;
  /** Strong: equal tags mean equal bytes. */
  readonly etag: string;
}

const HASH_LENGTH = 22;

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
    const made = { open: json.slice(0, -1), hash: hashOf(json) };
    this.known.set(key, made);
    return made;
  }
}

/** Joins the shared part with the part of this reader. `personal` must have at least one member. */
export function represent({ open, hash }: SharedJson, personal: object): Representation {
  const own = JSON.stringify(personal).slice(1);
  return { body: `${open},${own}`, etag: `"${hashOf(hash + own)}"` };
}

/**
 * Sets the caching headers and answers 304 without a body when the caller already has these bytes. Call it only after the access
 * check, so that a student without access is refused even with a valid tag. RFC 9110, 13.1.2 and 15.4.5.
 */
export function sendRepresentation(reply: FastifyReply, { body, etag }: Representation): string | undefined {
  void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'Authorization' });
  if (matchesETag(reply.request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return undefined;
  }
  void reply.type('application/json; charset=utf-8');
  return body;
}
