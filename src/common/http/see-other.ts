import type { FastifyReply } from 'fastify';

/** Redirects the browser with a GET after a form, so that a reload does not post again. Return it from the handler. */
export function seeOther(reply: FastifyReply, location: string): string {
  void reply.status(303).header('location', location);
  return '';
}
