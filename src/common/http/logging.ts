import { LoggerModule, type Params } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';

interface LoggingOptions {
  readonly level: string;
  /** Names the process in each line: web or worker. */
  readonly part: string;
}

/** Path without the query string: that is where tokens, session ids and search terms travel. */
export const pathOnly = (url: string | undefined): string => (url ?? '').split('?', 1)[0] ?? '';

/**
 * One JSON line per request and per event, with ids and codes only: no bodies, no headers, no e-mail addresses.
 */
export function loggingOptions({ level, part }: LoggingOptions): Params {
  return {
    pinoHttp: {
      level,
      base: { part },
      // The request's own line carries the id; nothing else of the request is repeated on every line.
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'request_id' },
      serializers: {
        req: (request: { id: unknown; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: pathOnly(request.url),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        err: (error: Error & { code?: unknown }) => ({
          cause: causeOf(error),
          type: error.name,
          code: error.code,
          message: error.message,
          stack: error.stack,
        }),
      },
      genReqId: (request) => String((request as { id?: unknown }).id),
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
      autoLogging: { ignore: (request) => pathOnly(request.url).startsWith('/health/') },
    },
  };
}

export function loggingModule(options: LoggingOptions): DynamicModule {
  return LoggerModule.forRoot(loggingOptions(options));
}

/** What lies below an error, without its message: a foreign message may repeat what a person has typed. */
function causeOf({ cause }: Error): object | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const { name, code, statusCode, requestId } = cause as Record<string, unknown>;
  return { type: name, code, status: statusCode, stripe_request_id: requestId };
}
