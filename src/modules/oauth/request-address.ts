import type { IncomingMessage } from 'node:http';

const addresses = new WeakMap<IncomingMessage, string>();

/** Fastify knows which proxies to believe; the authorization server sees the bare request only. */
export function rememberAddress(request: IncomingMessage, address: string): void {
  addresses.set(request, address);
}

/** As limits count it: `clientNetwork` of the caller. */
export const addressOf = (request: IncomingMessage): string => addresses.get(request) ?? 'unknown';
