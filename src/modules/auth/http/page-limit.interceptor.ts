import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { BrowserRequest } from 'src/modules/auth/browser/browser-session.guard';
import { RequestLimits } from './request-limits';

/** The same limits for pages behind a session cookie: some of them call Stripe. Runs after the guard of those pages. */
@Injectable()
export class PageLimitInterceptor implements NestInterceptor {
  constructor(private readonly limits: RequestLimits) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<ReturnType<CallHandler['handle']>> {
    const { browserSession } = context.switchToHttp().getRequest<BrowserRequest>();
    if (browserSession !== undefined) await this.limits.count(context, browserSession.userId);
    return next.handle();
  }
}
