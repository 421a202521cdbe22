import { setTimeout as sleep } from 'node:timers/promises';
import { createBullBoard } from '@bull-board/api';
import fastifyStatic from '@fastify/static';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceUnavailableError } from 'src/common/errors/app-error';
import { PAGE_STYLE_SOURCE } from 'src/common/http/page-style';
import { consolePolicy } from 'src/modules/console/console-policy';
import { REVALIDATED } from 'src/modules/console/revalidated';
import { WatchedQueues } from 'src/modules/webhooks';
import { BoardParts, type BoardRoute } from './board-parts';
import { boardPage, noQueuesPage } from './queue-board.view';

const ANSWER_WITHIN_MS = 2000;

/**
 * The only two style elements that the dashboard creates at run time: the Redis icon and a hidden scroll bar. They change
 * with its version; test/browser/console.browser-spec.ts then prints the new hash.
 */
const BOARD_STYLES = [
  "'sha256-r2N1TB/gHbBtBZFKg7ejmq1acVSREzucTAEw6ga4hoU='",
  "'sha256-kLmvWqfziFavKtqHqRsb90f006UAK2Dmd0It5Iz2KFA='",
];

/** bull-board as a read-only queue dashboard. */
@Injectable()
export class QueueBoard {
  constructor(private readonly queues: WatchedQueues) {}

  async register(routes: FastifyInstance): Promise<void> {
    if (this.queues.all.length === 0) {
      this.registerEmpty(routes);
      return;
    }
    const parts = new BoardParts();
    createBullBoard({
      queues: [...this.queues.all],
      serverAdapter: parts,
      options: {
        uiConfig: {
          boardTitle: 'Queues',
          hideDocsLink: true,
          miscLinks: [{ text: 'API', url: '/docs' }],
        },
      },
    });
    const html = boardPage(parts, routes.prefix);
    // The dashboard resolves its files and routes against the base address of its page.
    const policy = consolePolicy({ 'base-uri': ["'self'"], 'style-src': ["'self'", ...BOARD_STYLES] });
    for (const path of parts.pagePaths) {
      routes.get(path, (_request, reply) => {
        void reply.header('content-security-policy', policy);
        return sendHtml(reply, html);
      });
    }
    for (const route of parts.lookingRoutes) {
      routes.get(route.path, async (request, reply) => {
        const { status, body } = await this.ask(parts, route, request);
        return reply.status(status ?? 200).send(body);
      });
    }
    await routes.register(fastifyStatic, {
      root: parts.staticFiles,
      prefix: '/static/',
      // One route per file: no path of a caller reaches the disk.
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply) => void reply.header('cache-control', REVALIDATED),
    });
  }

  private registerEmpty(routes: FastifyInstance): void {
    routes.get('/', (_request, reply) => {
      void reply.header('content-security-policy', consolePolicy({ 'style-src': [PAGE_STYLE_SOURCE] }));
      return sendHtml(reply, noQueuesPage());
    });
  }

  /** Throws `service_unavailable` instead of waiting for a Redis that does not respond. */
  private async ask(parts: BoardParts, route: BoardRoute, request: FastifyRequest) {
    const away = new ServiceUnavailableError(
      'Redis is unavailable. Events are processed without it. Try again in a moment.',
    );
    if (!this.queues.isReady()) throw away;
    const late = sleep(ANSWER_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw away;
    });
    return Promise.race([parts.answer(route, request), late]);
  }
}

function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html);
}
