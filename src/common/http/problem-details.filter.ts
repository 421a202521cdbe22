import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wantsForm } from './form-bodies';
import { challengeOf, toProblem, type Problem } from './problem-details';
import { prefersHtml, problemPage } from './problem-page';

/**
 * The one place where anything thrown becomes an HTTP answer, Fastify's own refusals (413, 415, broken JSON) included.
 * 5xx are logged with their cause; callers never see it.
 */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemDetailsFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for routes that are Fastify's own. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0] ?? '/';
    const problem = toProblem(thrown, { path, requestId: String(request.id) });
    const { body, retryAfterSeconds } = problem;
    if (body.status >= 500) {
      this.logger.error({ err: thrown, code: body.code, request_id: body.request_id }, 'request failed');
    }
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    const challenge = challengeOf(body);
    if (challenge !== undefined) void reply.header('www-authenticate', challenge);
    this.send(request, reply, problem);
  }

  protected send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    const { body } = problem;
    // What is refused before it reaches a controller of pages, and its filter, was sent by a person all the same.
    const isForPeople = wantsForm(request) || isUnknownPage(request);
    if (isForPeople && prefersHtml(request.headers.accept)) return sendPage(reply, problem);
    void reply.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  }
}

/** An address that nothing answers at, outside of the API: a link of ours that was mistyped or cut short. */
const isUnknownPage = ({ is404, url }: FastifyRequest): boolean => is404 && !url.startsWith('/api/');

/** The problem as a page, for whoever sits before a browser. */
export function sendPage(reply: FastifyReply, problem: Problem): void {
  void reply.status(problem.body.status).type('text/html; charset=utf-8').send(problemPage(problem));
}
