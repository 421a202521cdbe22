import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemDetailsFilter } from './problem-details.filter';
import type { Problem } from './problem-details';
import { prefersHtml, problemPage } from './problem-page';

/** For routes that people open: problems are pages in a browser, documents for everybody else. */
@Catch()
export class ProblemPageFilter extends ProblemDetailsFilter {
  protected override send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    if (!prefersHtml(request.headers.accept)) return super.send(request, reply, problem);
    void reply.status(problem.body.status).type('text/html; charset=utf-8').send(problemPage(problem));
  }
}
