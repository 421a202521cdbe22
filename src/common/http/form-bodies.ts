import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from 'src/common/errors/app-error';

/** Route config set with Nest's `@RouteConfig(FORM_BODY)`: an HTML form posts here, nothing else does. */
export const FORM_BODY = { formBody: true } as const;

export const wantsForm = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as { formBody?: boolean } | undefined)?.formBody === true;

/** Fastify's own refusal of a body, for a type that another route would take. */
export const unsupportedMediaType = (): Error =>
  Object.assign(new Error('This media type is not taken here'), { statusCode: 415 });

/** A form was posted by a page of somebody else, so it may not have been the person's wish. */
export class CrossSiteFormError extends AppError {
  readonly code = 'cross_site_form';
  readonly kind = 'forbidden';
  readonly title = 'This form came from another site';

  constructor() {
    super('Please open the page again and send the form from there.');
  }
}

/**
 * Form bodies, only on routes marked FORM_BODY, which in turn take nothing else: a page of another site can post forms
 * and plain text to us, but no JSON, so all other routes stay out of its reach.
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

/** Every field once; of a field that was sent twice the first counts. Names of prototypes are plain names. */
export function parseForm(body: string): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(body)) fields[name] ??= value;
  return fields;
}

/**
 * Whether a browser says that the form came from elsewhere. Every browser in use sends Sec-Fetch-Site or Origin with a
 * form; what sends neither is no browser and holds nobody's cookies. OWASP CSRF Prevention, "Fetch Metadata".
 */
function isCrossSite({ headers }: FastifyRequest, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && headers.origin !== origin;
}
