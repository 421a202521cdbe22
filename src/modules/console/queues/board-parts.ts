import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import type { FastifyRequest } from 'fastify';

export interface BoardRoute {
  readonly path: string;
  readonly handler: AppControllerRoute['handler'];
}

const listed = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

/**
 * Collects what bull-board passes to a server adapter. Its own Fastify adapter also registers the routes that change
 * queues, and a page with fonts of another site and inline styles, which our policy refuses.
 */
export class BoardParts implements IServerAdapter {
  staticFiles = '';
  /** The page as it ships: it names the files with their hashes. */
  template = '';
  uiConfig: UIConfig = {};
  /** Addresses within the dashboard, all of which show the same page. */
  pagePaths: string[] = [];
  /** The routes that only read. */
  lookingRoutes: BoardRoute[] = [];
  private queues: BullBoardQueues = new Map();

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  setViewsPath(directory: string): this {
    this.template = readFileSync(join(directory, 'index.ejs'), 'utf8');
    return this;
  }

  setStaticPath(_route: string, directory: string): this {
    this.staticFiles = directory;
    return this;
  }

  setUIConfig(config: UIConfig): this {
    this.uiConfig = config;
    return this;
  }

  setEntryRoute({ route }: AppViewRoute): this {
    this.pagePaths = listed(route);
    return this;
  }

  /** Failures use our own error handling. */
  setErrorHandler(): this {
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.lookingRoutes = routes
      .filter(({ method }) => listed(method).includes('get'))
      .flatMap(({ route, handler }) => listed(route).map((path) => ({ path, handler })));
    return this;
  }

  answer({ handler }: BoardRoute, request: FastifyRequest): Promise<ControllerHandlerReturnType> {
    return Promise.resolve(
      handler({
        queues: this.queues,
        uiConfig: this.uiConfig,
        query: request.query as Record<string, unknown>,
        params: request.params as Record<string, unknown>,
        body: {},
        headers: {},
      }),
    );
  }
}
