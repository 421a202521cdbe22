import { applyDecorators, Header, HttpCode, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Public } from 'src/common/http/decorators/public.decorator';
import { FORM_BODY } from 'src/common/http/form-bodies';
import { HTML_CONTENT } from 'src/common/http/page';
import { OperatorPageGuard } from './operator-page.guard';
import { OpsPageFilter } from './ops-page.filter';
import { OPS_POLICY } from './ops-style';

/** A controller of operators' pages: the account that is signed in in this browser must be an operator now. */
export const OpsPages = () =>
  applyDecorators(Public(), UseGuards(OperatorPageGuard), UseFilters(OpsPageFilter), ApiExcludeController());

/** A GET that answers with a page. */
export const OpsGet = () =>
  applyDecorators(
    Header(...HTML_CONTENT),
    Header('content-security-policy', OPS_POLICY),
    // With `no-referrer`, browsers would send `Origin: null` with our own forms.
    Header('referrer-policy', 'same-origin'),
  );

/** The POST of a form on such a page: accepts only a form body that a page of this site sent. */
export const OpsPost = () => applyDecorators(HttpCode(200), RouteConfig(FORM_BODY), OpsGet());
