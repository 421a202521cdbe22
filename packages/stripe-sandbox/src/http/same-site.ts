import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Refuses what pages of other sites send to a sandbox on this machine: requests under a name that an attacker's DNS server
 * may have pointed here (DNS rebinding), and cross-site forms. `names` are further host names under which it is reached.
 */
export function refuseOtherSites(server: FastifyInstance, names: () => readonly string[]): void {
  server.addHook('onRequest', async (request, reply) => {
    const problem = findProblem(request, names());
    if (problem === undefined) return;
    await reply.status(403).send({ error: { type: 'invalid_request_error', message: problem } });
  });
}

function findProblem({ headers, method }: FastifyRequest, names: readonly string[]): string | undefined {
  const host = headers.host ?? '';
  const name = hostnameOf(`http://${host}`);
  if (name === undefined || !(isLocalName(name) || names.includes(name))) {
    return 'This host name is not one of the sandbox: use its IP address, localhost or STRIPE_SANDBOX_PUBLIC_URL.';
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  const site = headers['sec-fetch-site'];
  const isForeign =
    site === undefined
      ? headers.origin !== undefined &&
        headers.origin !== `http://${host}` &&
        headers.origin !== `https://${host}`
      : site !== 'same-origin' && site !== 'none';
  return isForeign ? 'This request comes from a page of another site.' : undefined;
}

/** Names that no public DNS server can answer for: addresses, localhost, and names without a dot as in Compose. */
const isLocalName = (name: string): boolean =>
  isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name.endsWith('.localhost') || !name.includes('.');

export const hostnameOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname.toLowerCase() : undefined;
