import type { FastifyReply, FastifyRequest } from 'fastify';
import { formPage } from 'src/common/http/form-page';
import type { Problem } from 'src/common/http/problem-details';
import { prefersHtml } from 'src/common/http/problem-page';
import { formPagePolicy } from 'src/common/http/security-headers';
import { AccountPageFilter } from 'src/modules/auth';

/** Sends visitors without a session to the sign-in page, and tells students how to switch accounts. */
export class ConsoleFilter extends AccountPageFilter {
  protected override send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    // This page has the style of our other pages, not of the console.
    void reply.header('content-security-policy', formPagePolicy());
    if (problem.body.code !== 'forbidden' || !prefersHtml(request.headers.accept)) {
      return super.send(request, reply, problem);
    }
    const html = operatorsOnlyPage(request.url);
    void reply.status(problem.body.status).type('text/html; charset=utf-8').send(html);
  }
}

const operatorsOnlyPage = (path: string): string =>
  formPage({
    title: 'These pages are for operators',
    text: 'The account that is signed in in this browser is not an operator account.',
    forms: [{ action: '/sign-out', submit: 'Use another account', hidden: { return_to: path } }],
    links: [{ href: '/', label: 'Front page' }],
  });
