import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { stripForwardedPorts } from 'src/common/http/client-address';
import { DEFAULT_BODY_LIMIT, registerBodyParsers } from 'src/common/http/body-parsers';
import {
  answerConnectionError,
  answerFrameworkError,
  endConnectionsThatUpgrade,
  ignoreUnknownExpectations,
  refuseSeveralHosts,
  toOriginForm,
} from 'src/common/http/protocol-errors';
import { requestIdFrom } from 'src/common/http/request-id';
import { registerRequestLog } from 'src/common/http/request-log';
import { registerSecurityHeaders } from 'src/common/http/security-headers';
import { createValidationPipe } from 'src/common/http/validation.pipe';
import { registerHttpMetrics } from 'src/metrics/http-metrics';
import { Metrics } from 'src/metrics/metrics';
import type { AppConfig, HttpConfig } from 'src/config/app-config';
import { DrainingService } from 'src/modules/health';
import { QUIET_FAILURE } from 'src/common/process/start-or-exit';
import { AppModule } from './app.module';

/** Builds the web application exactly as main.ts serves it; tests use it too, through `inject` or a real port. */
export async function createHttpApp(config: AppConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: DEFAULT_BODY_LIMIT,
    // A slow sender must not occupy a connection indefinitely.
    requestTimeout: 30_000,
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers['x-request-id']),
    forceCloseConnections: 'idle',
    // What still arrives on an open connection during a shutdown is answered like any other request.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: false },
    // Only these proxies can state the address of a client.
    trustProxy: trustedProxies(config.http),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerConnectionError,
    rewriteUrl: normaliseRequest,
  });
  const fastify = adapter.getInstance();
  ignoreUnknownExpectations(fastify);
  endConnectionsThatUpgrade(fastify);
  refuseSeveralHosts(fastify);
  registerBodyParsers(fastify, config.http);
  await fastify.register(cookie);
  registerSecurityHeaders(fastify, config.http);
  registerRequestLog(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(config), adapter, {
    bodyParser: false,
    bufferLogs: true,
    ...QUIET_FAILURE,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.useGlobalPipes(createValidationPipe());
  app.enableShutdownHooks();
  const draining = app.get(DrainingService);
  fastify.addHook('onRequest', (_request, reply, done) => {
    if (draining.isDraining) void reply.header('connection', 'close');
    done();
  });
  registerHttpMetrics(fastify, app.get(Metrics), config.metrics);
  await app.init();
  return app;
}

/** Before anything reads the target or the client's address. */
function normaliseRequest(request: IncomingMessage): string {
  stripForwardedPorts(request.headers);
  return toOriginForm(request);
}

/**
 * Fastify itself does not support counting hops, because a client that bypasses the proxies could claim any address. A
 * configured number therefore means that only the proxies reach the port, as on Fly and in compose.
 */
function trustedProxies({ trustedProxies: trusted }: HttpConfig) {
  if (typeof trusted === 'number') return (_address: string, hop: number) => hop < trusted;
  return trusted === undefined ? false : [...trusted];
}
