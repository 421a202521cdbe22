import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { PAGE_STYLE_SOURCE } from './page-style';

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

const PAGE_POLICY = {
  'default-src': ["'none'"],
  'style-src': [PAGE_STYLE_SOURCE],
  'img-src': ['data:'],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * The policy of a page with a form, still without scripts. Browsers also apply `form-action` to redirects after a form, so
 * a form whose answer redirects to another origin must name it.
 */
export function formPagePolicy(furtherOrigins: readonly string[] = []): string {
  const directives = { ...PAGE_POLICY, 'form-action': ["'self'", ...furtherOrigins] };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';');
}

/**
 * Adds the same strict headers to every answer, pages and JSON. Addresses of pages contain checkout session ids, so no
 * referrer is sent. Answers without a Cache-Control are not cached, because most are about one person. HSTS is sent only
 * in production; elsewhere it would lock browsers out of http://localhost.
 */
export function registerSecurityHeaders(
  fastify: FastifyInstance,
  { production }: { readonly production: boolean },
): void {
  void fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: PAGE_POLICY,
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    hsts: production && { maxAge: ONE_YEAR_SECONDS, includeSubDomains: false },
  });
  // eslint-disable-next-line no-restricted-syntax -- Fastify calls this hook with four arguments
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done();
  });
}
