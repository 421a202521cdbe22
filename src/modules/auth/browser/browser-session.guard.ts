import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignInRequiredError } from 'src/modules/auth/auth.errors';
import { BrowserSessionsService, type BrowserSession } from './browser-sessions.service';
import { SessionCookie } from './session-cookie';

export interface BrowserRequest extends FastifyRequest {
  browserSession?: BrowserSession;
}

/** Protects pages with the session cookie instead of an access token; use `@AccountPages()`. Throws `sign_in_required`. */
@Injectable()
export class BrowserSessionGuard implements CanActivate {
  constructor(
    private readonly sessions: BrowserSessionsService,
    private readonly cookie: SessionCookie,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<BrowserRequest>();
    const session = await this.sessions.find(this.cookie.read(request));
    if (session === undefined) throw new SignInRequiredError();
    request.browserSession = session;
    return true;
  }
}
