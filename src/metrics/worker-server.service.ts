import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MetricsConfig, WorkerConfig } from 'src/config/background-config';
import { isAllowed } from './allow-list';
import { Metrics } from './metrics';

/**
 * The worker's health check and metrics, when WORKER_PORT is set. Liveness accesses no dependency: the process answers
 * as long as its event loop runs, and its loops end the process when they are stuck.
 */
@Injectable()
export class WorkerServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(WorkerServer.name);
  private server: Server | undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly worker: WorkerConfig,
    private readonly config: MetricsConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { port, host } = this.worker;
    if (port === undefined) return;
    const server = createServer((request, response) => void this.answer(request, response));
    server.requestTimeout = 10_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.server = server;
    this.logger.log({ port }, 'health check and metrics of the worker');
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
    if (request.url === '/health/live')
      return end(response, 200, { body: JSON.stringify({ status: 'ok' }), type: 'application/json' });
    if (request.url !== '/metrics') return end(response, 404);
    if (!isAllowed(request.socket.remoteAddress, this.config.allowedAddresses)) return end(response, 403);
    try {
      const text = await this.metrics.read();
      end(response, 200, { body: text, type: this.metrics.contentType });
    } catch (error) {
      this.logger.warn({ err: error }, 'metrics could not be read');
      end(response, 503);
    }
  }
}

interface Content {
  readonly body: string;
  readonly type: string;
}

function end(
  response: ServerResponse,
  status: number,
  { body, type }: Content = { body: '', type: 'text/plain' },
): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
