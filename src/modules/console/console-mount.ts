import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { consolePolicy } from './console-policy';
import { ConsoleFilter } from './console.filter';
import { OperatorGate } from './operator-gate';
import { QueueBoard } from './queues/queue-board';
import { SwaggerPages } from './swagger/swagger-pages';

/** Everything below this path is behind the gate. Register no other routes here: they would bypass it. */
export const CONSOLE_PATH = '/docs';

/**
 * Mounts the console. Its libraries bring routes of their own, which Nest's guards do not cover, so the gate is a hook of
 * the context in which all of them are registered. It uses the matched route: guards that compare paths have been bypassed
 * by spelling the path differently (CVE-2026-22031).
 */
@Injectable()
export class ConsoleMount implements OnModuleInit {
  private readonly filter = new ConsoleFilter();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly gate: OperatorGate,
    private readonly swagger: SwaggerPages,
    private readonly queues: QueueBoard,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register(
      async (routes) => {
        routes.setErrorHandler((error, request, reply) => this.filter.answer(error, request, reply));
        routes.addHook('onRequest', (request, reply) => this.open(request, reply));
        await routes.register((own, _options, done) => this.swagger.register(own, done));
        await routes.register((own) => this.queues.register(own), { prefix: '/queues' });
      },
      { prefix: CONSOLE_PATH },
    );
  }

  private async open(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.gate.check(request);
    void reply.header('content-security-policy', consolePolicy());
  }
}
