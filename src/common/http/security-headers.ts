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
 * The policy of a page with a form: still no script. Browsers apply `form-action` to redirects after a form too, so a
 * form whose answer leads elsewhere must name that origin.
 */
export function formPagePolicy(furtherOrigins: readonly string[] = []): string {
  const directives = { ...PAGE_POLICY, 'form-action': ["'self'", ...furtherOrigins] };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';');
}

/**
 * Puts the same strict headers on every answer, pages and JSON alike. Pages carry checkout session ids in their address,
 * hence no referrer. What does not say how it may be cached is not cached: most answers are about one person.
 * HSTS only in `production`: elsewhere it would lock browsers out of http://localhost.
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
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done();
  });
}
