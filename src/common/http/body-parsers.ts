import type { FastifyInstance, RouteOptions } from 'fastify';
import { registerFormBodies, unsupportedMediaType, wantsForm } from './form-bodies';

const KILOBYTE = 1024;
export const DEFAULT_BODY_LIMIT = 64 * KILOBYTE;
export const WEBHOOK_BODY_LIMIT = 2 * KILOBYTE * KILOBYTE;

/** Route config set with Nest's `@RouteConfig(RAW_BODY)`: the body stays the exact signed bytes. */
export const RAW_BODY = { rawBody: true } as const;

const wantsRawBody = (config: unknown): boolean =>
  (config as { rawBody?: boolean } | undefined)?.rawBody === true;

/**
 * Parses JSON, except on routes marked RAW_BODY or FORM_BODY. RAW_BODY routes receive a Buffer and accept 2 MB instead of
 * 64 kB: a signature covers the exact bytes, and a re-serialised body never matches. FORM_BODY routes accept forms.
 */
export function registerBodyParsers(
  fastify: FastifyInstance,
  { publicUrl }: { readonly publicUrl: string },
): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addHook('onRoute', (route: RouteOptions) => {
    if (wantsRawBody(route.config)) route.bodyLimit = WEBHOOK_BODY_LIMIT;
  });
  // A POST without a body is valid where every field is optional. Without a content type no parser runs, so it is set here.
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
