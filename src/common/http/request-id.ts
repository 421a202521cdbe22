import { randomUUID } from 'node:crypto';

const ACCEPTED = /^[A-Za-z0-9_-]{8,64}$/;

/** Uses a well-formed `x-request-id` of the caller, or creates one. Other values could forge log lines. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : `req_${randomUUID()}`;
}
