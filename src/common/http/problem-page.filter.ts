import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemDetailsFilter, sendPage } from './problem-details.filter';
import type { Problem } from './problem-details';
import { prefersHtml } from './problem-page';

/** For routes that people open: a browser gets an HTML page, every other client a problem document. */
@Catch()
export class ProblemPageFilter extends ProblemDetailsFilter {
  protected override send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    if (!prefersHtml(request.headers.accept)) return super.send(request, reply, problem);
    sendPage(reply, problem);
  }
}
