import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { seeOther } from 'src/common/http/see-other';
import { ConnectionsService } from 'src/modules/oauth';
import { AccountSessionsService } from 'src/modules/accounts';
import { AccountPages, CurrentSession, type BrowserSession } from 'src/modules/auth';
import { AccountHomeService } from 'src/modules/me/account-home.service';
import { accountPage, ACCOUNT_NOTICES, type AccountNotice } from './account.view';

// A link can be shortened or mistyped: what is not a notice of ours is none.
const noticeQuerySchema = z.object({ done: z.enum(ACCOUNT_NOTICES).optional().catch(undefined) });
const clientIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** The account page, and what it does about connected applications and active sessions. */
@AccountPages()
@Controller('account')
export class AccountController {
  constructor(
    private readonly home: AccountHomeService,
    private readonly connections: ConnectionsService,
    private readonly accountSessions: AccountSessionsService,
  ) {}

  @Get()
  @FormPage()
  async show(
    @CurrentSession() { userId, sessionId }: BrowserSession,
    @Query({ schema: noticeQuerySchema }) { done }: { done?: AccountNotice | undefined },
  ): Promise<string> {
    return accountPage({ ...(await this.home.load(userId)), currentId: sessionId, done });
  }

  /** Its access tokens end with it. Repeating is harmless. */
  @Post('connections/:clientId/disconnect')
  @FormPost()
  async disconnect(
    @CurrentSession() { userId }: BrowserSession,
    @Param('clientId', { schema: clientIdSchema }) clientId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.connections.disconnect(userId, clientId);
    return done(reply, 'disconnected');
  }

  @Post('sign-ins/:sessionId/end')
  @FormPost()
  async end(
    @CurrentSession() { userId }: BrowserSession,
    @Param('sessionId', { schema: z.uuid() }) sessionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.accountSessions.revoke(userId, sessionId);
    return done(reply, 'ended');
  }

  @Post('sign-ins/end-others')
  @FormPost()
  async endOthers(
    @CurrentSession() { userId, sessionId }: BrowserSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.accountSessions.revokeOthers(userId, sessionId);
    return done(reply, 'ended-others');
  }
}

const done = (reply: FastifyReply, notice: AccountNotice): string =>
  seeOther(reply, `/account?done=${notice}`);
