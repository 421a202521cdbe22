import { randomUUID } from 'node:crypto';

const ACCEPTED = /^[A-Za-z0-9_-]{8,64}$/;

/** Takes over a well-formed `x-request-id` of the caller, else makes one. Anything else could forge log lines. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : `req_${randomUUID()}`;
}
