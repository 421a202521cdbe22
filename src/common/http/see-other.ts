import type { FastifyReply } from 'fastify';

/** Sends the browser on with a GET after a form, so that reloading does not post again. Return it from the handler. */
export function seeOther(reply: FastifyReply, location: string): string {
  void reply.status(303).header('location', location);
  return '';
}
