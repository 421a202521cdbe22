import {
  applyDecorators,
  createParamDecorator,
  UseFilters,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'src/common/http/decorators/public.decorator';
import { SignInRequiredError } from 'src/modules/auth/auth.errors';
import { AccountPageFilter } from './account-page.filter';
import { BrowserSessionGuard, type BrowserRequest } from './browser-session.guard';
import type { BrowserSession } from './browser-sessions.service';

/** A controller of pages for signed-in users. Other visitors are sent to the sign-in page and back. */
export const AccountPages = () =>
  applyDecorators(
    Public(),
    UseGuards(BrowserSessionGuard),
    UseFilters(AccountPageFilter),
    ApiExcludeController(),
  );

/** The session of this browser, behind `@AccountPages()`. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): BrowserSession => {
    const { browserSession } = context.switchToHttp().getRequest<BrowserRequest>();
    if (browserSession === undefined) throw new SignInRequiredError();
    return browserSession;
  },
);
