import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from '../../src/config/app-config';
import { createHttpApp as createUnwatchedApp } from '../../src/http-app';
import { checkAnswer } from './watched-answers';

/** The web application of main.ts. Every answer, through `inject` or a port, is compared with the document. */
export async function createHttpApp(config: AppConfig): Promise<NestFastifyApplication> {
  const app = await createUnwatchedApp(config);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // Node leaves out the body of an answer to HEAD after this hook.
    const hasBody = request.method !== 'HEAD';
    const contentType = reply.getHeader('content-type');
    checkAnswer({
      method: request.method,
      url: request.url,
      status: reply.statusCode,
      contentType: contentType === undefined ? undefined : String(contentType),
      // Nothing of ours streams; a stream would be judged by its media type alone.
      body: hasBody && (typeof payload === 'string' || Buffer.isBuffer(payload)) ? payload : undefined,
    });
    done();
  });
  return app;
}
