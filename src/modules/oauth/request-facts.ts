import type { IncomingMessage } from 'node:http';

export interface RequestFacts {
  /** As limits count it: `clientNetwork` of the caller. */
  readonly address: string;
  /** What the session cookie of our pages contains. */
  readonly browserSecret: string | undefined;
}

const facts = new WeakMap<IncomingMessage, RequestFacts>();

/** Fastify knows which proxies to believe, and our cookies; the authorization server sees the bare request only. */
export function rememberFacts(request: IncomingMessage, known: RequestFacts): void {
  facts.set(request, known);
}

export const addressOf = (request: IncomingMessage): string => facts.get(request)?.address ?? 'unknown';

export const browserSecretOf = (request: IncomingMessage): string | undefined =>
  facts.get(request)?.browserSecret;
