import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { HttpConfig } from 'src/config/app-config';
import { REVALIDATED } from 'src/modules/console/revalidated';
import { ApiDocumentService } from './api-document.service';
import { CONSOLE_STYLE } from './console-style';
import { swaggerPage, swaggerStart } from './swagger.view';

const ROOT = dirname(require.resolve('swagger-ui-dist/package.json'));

/** The files that the page and its sign-in need. The package's own page, demo and source maps are not served. */
const FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
  'oauth2-redirect.html',
  'oauth2-redirect.js',
];

/** Swagger UI over the whole API. Its files come from this server. */
@Injectable()
export class SwaggerPages {
  constructor(
    private readonly document: ApiDocumentService,
    private readonly config: HttpConfig,
  ) {}

  register(routes: FastifyInstance, done: () => void): void {
    const texts: Readonly<Record<string, readonly [type: string, text: string]>> = {
      '/': ['text/html', swaggerPage()],
      '/swagger-start.js': ['text/javascript', swaggerStart(this.config.publicUrl)],
      '/console.css': ['text/css', CONSOLE_STYLE],
    };
    for (const [path, [type, text]] of Object.entries(texts)) {
      routes.get(path, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(text));
    }
    routes.get('/openapi.json', (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(this.document.json),
    );
    void routes.register(fastifyStatic, { root: ROOT, serve: false, cacheControl: false });
    for (const file of FILES) {
      routes.get(`/${file}`, (_request, reply) => reply.header('cache-control', REVALIDATED).sendFile(file));
    }
    done();
  }
}
