import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox';
import { serveAuthentication } from './authenticate';
import { serveCheckout } from './checkout';
import { serveControlPage } from './control';
import { serveInvoices } from './invoice';
import { servePortal } from './portal';

/** The pages for people. */
export function servePages(server: FastifyInstance, sandbox: Sandbox): void {
  serveCheckout(server, sandbox);
  serveAuthentication(server, sandbox);
  serveControlPage(server, sandbox);
  serveInvoices(server, sandbox);
  servePortal(server, sandbox);
}
