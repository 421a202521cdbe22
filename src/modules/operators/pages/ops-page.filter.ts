import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formPage } from 'src/common/http/form-page';
import { html } from 'src/common/http/html';
import type { Problem } from 'src/common/http/problem-details';
import { prefersHtml } from 'src/common/http/problem-page';
import { formPagePolicy } from 'src/common/http/security-headers';
import { AccountPageFilter, signInPath } from 'src/modules/auth';
import { opsPage, OPS_PATH } from './ops-frame';
import { OPS_POLICY } from './ops-style';

/** Problems as pages of the operators, with the way back to the customer. */
@Catch()
export class OpsPageFilter extends AccountPageFilter {
  protected override send(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
    if (!prefersHtml(request.headers.accept)) return super.send(request, reply, problem);
    const { code, status } = problem.body;
    void reply.removeHeader('www-authenticate');
    if (code === 'sign_in_required') {
      // What was posted is gone; the page that it came from is where to begin again.
      void reply.redirect(signInPath(request.method === 'GET' ? request.url : backFrom(request.url)), 303);
      return;
    }
    void reply.status(status).type('text/html; charset=utf-8');
    if (code === 'forbidden') {
      void reply.header('content-security-policy', formPagePolicy()).send(operatorsOnlyPage(request.url));
      return;
    }
    void reply.header('content-security-policy', OPS_POLICY).send(problemPage(request.url, problem));
  }
}

/** `/ops/customers/<id>/sync` was posted from `/ops/customers/<id>`. */
function backFrom(url: string): string {
  const [path = OPS_PATH] = url.split('?');
  return /^\/ops\/(customers|inbox)\/[\w-]+/.exec(path)?.[0] ?? OPS_PATH;
}

function problemPage(url: string, { body }: Problem): string {
  const errors = (body['errors'] ?? []) as readonly { readonly pointer: string; readonly detail: string }[];
  return opsPage({
    title: body.title,
    body: html`<h1>${body.title}</h1>
      <p class="lead">${body.detail}</p>
      ${
        errors.length === 0
          ? undefined
          : html`<ul>
              ${errors.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${detail}</li>`)}
            </ul>`
      }
      <p><a href="${backFrom(url)}">Back</a></p>
      <p class="soft">${body.code} · request ${body.request_id}</p>`,
  });
}

const operatorsOnlyPage = (path: string): string =>
  formPage({
    title: 'These pages are for operators',
    text: 'The account that is signed in in this browser is not an operator account.',
    forms: [{ action: '/sign-out', submit: 'Use another account', hidden: { return_to: path } }],
    links: [{ href: '/', label: 'Front page' }],
  });
