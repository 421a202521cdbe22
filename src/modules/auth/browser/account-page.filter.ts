import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from 'src/common/http/problem-details';
import { prefersHtml } from 'src/common/http/problem-page';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { signInPath } from 'src/modules/auth/domain/return-path';

/** Sends browsers that are not signed in to the sign-in page and back again; other problems are pages. */
@Catch()
export class AccountPageFilter extends ProblemPageFilter {
  protected override send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    if (problem.body.code !== 'sign_in_required' || !prefersHtml(request.headers.accept)) {
      return super.send(request, reply, problem);
    }
    // What was posted is gone; the page that it came from is where to begin again.
    const page = request.method === 'GET' ? request.url : '/account';
    void reply.removeHeader('www-authenticate').redirect(signInPath(page), 303);
  }
}
