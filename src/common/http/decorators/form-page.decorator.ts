import { applyDecorators, Header, HttpCode } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FORM_BODY } from 'src/common/http/form-bodies';
import { HTML_CONTENT } from 'src/common/http/page';
import { formPagePolicy } from 'src/common/http/security-headers';

/** A GET that answers with a page containing a form. */
export const FormPage = () =>
  applyDecorators(
    Header(...HTML_CONTENT),
    Header('content-security-policy', formPagePolicy()),
    // With `no-referrer`, browsers would send `Origin: null` with our own forms.
    Header('referrer-policy', 'same-origin'),
  );

/** The POST of such a form: accepts only a form body from a page of this site, and answers with a page. */
export const FormPost = () => applyDecorators(HttpCode(200), RouteConfig(FORM_BODY), FormPage());
