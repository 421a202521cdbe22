import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wantsForm } from './form-bodies';
import { challengeOf, toProblem, type Problem } from './problem-details';
import { prefersHtml, problemPage } from './problem-page';

/**
 * Turns every exception into an HTTP answer, including Fastify's own rejections (413, 415, broken JSON). It logs each 5xx
 * with its cause, which callers never see.
 */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemDetailsFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for routes that are registered with Fastify directly. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0] ?? '/';
    const problem = toProblem(hasLeft(request) ? CLIENT_LEFT : thrown, {
      path,
      requestId: String(request.id),
    });
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
    // A request that is rejected before it reaches a page controller and its filter may still come from a person.
    const isForPeople = wantsForm(request) || isUnknownPage(request);
    if (isForPeople && prefersHtml(request.headers.accept)) return sendPage(reply, problem);
    void reply.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  }
}

/** Nobody reads the answer, and it is no failure of ours: the broken socket would look like an outage. */
const CLIENT_LEFT = { statusCode: 400 };

/** The client closed the connection before its request was complete. */
const hasLeft = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** An unknown address outside the API: a link that was mistyped or cut off. */
const isUnknownPage = ({ is404, url }: FastifyRequest): boolean => is404 && !url.startsWith('/api/');

/** Sends the problem as an HTML page. */
export function sendPage(reply: FastifyReply, problem: Problem): void {
  void reply.status(problem.body.status).type('text/html; charset=utf-8').send(problemPage(problem));
}
