import { LoggerModule, type Params } from 'nestjs-pino';
import { destination } from 'pino';
import type { DynamicModule } from '@nestjs/common';

interface LoggingOptions {
  readonly level: string;
  /** The process named in each line: web or worker. */
  readonly part: string;
}

/** The path without the query string, which may contain tokens, session ids and search terms. */
export const pathOnly = (url: string | undefined): string => (url ?? '').split('?', 1)[0] ?? '';

/**
 * One JSON line per event, with ids and codes only: no bodies, no headers, no email addresses.
 */
export function loggingOptions({ level, part }: LoggingOptions): Params {
  return {
    pinoHttp: {
      level,
      base: { part },
      // Every line carries the request id and nothing else of the request.
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
      // src/common/http/request-log.ts writes the line of each request: this one misses most routes.
      autoLogging: false,
      stream: createLogStream(),
    },
  };
}

/** Lines that wait for a slow reader, at most; further ones are dropped. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/**
 * Standard output, written in the background: lines that are logged during a write leave with the next one. A write per line
 * took a tenth of the web process, and a reader that stops would stop the process. pino writes the rest when it exits.
 */
export const createLogStream = () =>
  destination({ fd: process.stdout.fd, sync: false, maxLength: MAX_WAITING_BYTES });

export function loggingModule(options: LoggingOptions): DynamicModule {
  return LoggerModule.forRoot(loggingOptions(options));
}

/** The causes of an error without their messages: a message from a library may repeat user input. */
function causeOf({ cause }: Error): object | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const { name, code, statusCode, requestId } = cause as Record<string, unknown>;
  return { type: name, code, status: statusCode, stripe_request_id: requestId };
}
