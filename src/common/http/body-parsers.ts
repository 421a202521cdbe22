import type { FastifyInstance, RouteOptions } from 'fastify';
import { registerFormBodies, unsupportedMediaType, wantsForm } from './form-bodies';

const KILOBYTE = 1024;
export const DEFAULT_BODY_LIMIT = 64 * KILOBYTE;
export const WEBHOOK_BODY_LIMIT = 2 * KILOBYTE * KILOBYTE;

/** Route config set with Nest's `@RouteConfig(RAW_BODY)`: the body stays the exact bytes that were signed. */
export const RAW_BODY = { rawBody: true } as const;

const wantsRawBody = (config: unknown): boolean =>
  (config as { rawBody?: boolean } | undefined)?.rawBody === true;

/**
 * JSON everywhere, except on routes marked RAW_BODY: those receive a Buffer and accept 2 MB instead of 64 kB. Only bytes
 * can be checked against a signature; a re-serialised body never matches. Routes marked FORM_BODY take forms.
 */
export function registerBodyParsers(
  fastify: FastifyInstance,
  { publicUrl }: { readonly publicUrl: string },
): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addHook('onRoute', (route: RouteOptions) => {
    if (wantsRawBody(route.config)) route.bodyLimit = WEBHOOK_BODY_LIMIT;
  });
  // A POST without a body is legal where every field is optional; no parser runs when there is no content type either.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.method === 'POST' && !wantsRawBody(request.routeOptions.config)) request.body ??= {};
    done();
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (wantsRawBody(request.routeOptions.config)) return done(null, body);
    if (wantsForm(request)) return done(unsupportedMediaType());
    if (body.length === 0) return done(null, {});
    return parseJson(request, body.toString('utf8'), done);
  });
  registerFormBodies(fastify, publicUrl);
}
