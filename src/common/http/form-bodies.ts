import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from 'src/common/errors/app-error';

/** Route config set with Nest's `@RouteConfig(FORM_BODY)`: the route accepts HTML forms and nothing else. */
export const FORM_BODY = { formBody: true } as const;

export const wantsForm = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as { formBody?: boolean } | undefined)?.formBody === true;

/** Fastify's own rejection of a body, for a type that another route would accept. */
export const unsupportedMediaType = (): Error =>
  Object.assign(new Error('This route does not accept this media type'), { statusCode: 415 });

/** A page of another site posted a form, so the person may not have intended it. */
export class CrossSiteFormError extends AppError {
  readonly code = 'cross_site_form';
  readonly kind = 'forbidden';
  readonly title = 'This form came from another site';

  constructor() {
    super('Please open the page again and send the form from there.');
  }
}

/**
 * Parses form bodies only on routes marked FORM_BODY, which accept nothing else. A page of another site can post forms and
 * plain text but no JSON, so it cannot reach all other routes.
 */
export function registerFormBodies(fastify: FastifyInstance, publicUrl: string): void {
  const origin = new URL(publicUrl).origin;
  fastify.addHook('preValidation', (request, _reply, done) => {
    done(wantsForm(request) && isCrossSite(request, origin) ? new CrossSiteFormError() : undefined);
  });
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      if (wantsForm(request)) return done(null, parseForm(String(body)));
      return done(unsupportedMediaType());
    },
  );
}

/** Each field once; the first value of a repeated field counts. Prototype names are ordinary names. */
export function parseForm(body: string): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(body)) fields[name] ??= value;
  return fields;
}

/**
 * True when a browser reports that the form came from another site. Every current browser sends Sec-Fetch-Site or Origin
 * with a form; a client that sends neither has no cookies of a person. OWASP CSRF Prevention, "Fetch Metadata".
 */
function isCrossSite({ headers }: FastifyRequest, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && headers.origin !== origin;
}
