import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { formPagePolicy } from 'src/common/http/security-headers';
import { seeOther } from 'src/common/http/see-other';
import { BrowserSessionsService, SessionCookie, signInPath } from 'src/modules/auth';
import { UsersService } from 'src/modules/users';
import {
  grantableScopes,
  InteractionsService,
  type Exchange,
  type Interaction,
  type SignedIn,
} from 'src/modules/oauth/interactions.service';
import { consentPage } from './interaction.view';

const exchangeOf = (request: FastifyRequest, reply: FastifyReply): Exchange => ({
  request: request.raw,
  response: reply.raw,
});

/** "Continue as …": the user decides whether an application is connected. */
@ApiExcludeController()
@Public()
@UseFilters(ProblemPageFilter)
@Controller('interaction/:uid')
export class InteractionController {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly sessions: BrowserSessionsService,
    private readonly users: UsersService,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @FormPage()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const interaction = await this.interactions.get(exchangeOf(request, reply));
    const path = `/interaction/${interaction.uid}`;
    const user = (await this.findSignedIn(request, interaction))?.user;
    if (user === undefined) return seeOther(reply, signInPath(path));
    const scopes = grantableScopes(interaction.requestedScopes, user);
    // The answer to "Continue" leads to the application, and browsers count that as where the form goes.
    void reply.header('content-security-policy', formPagePolicy([interaction.redirectOrigin]));
    return consentPage({ path, clientName: interaction.clientName, email: user.email, scopes });
  }

  @Post('allow')
  @FormPost()
  async allow(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const exchange = exchangeOf(request, reply);
    const interaction = await this.interactions.get(exchange);
    const signedIn = await this.findSignedIn(request, interaction);
    const next = signedIn && (await this.interactions.allow(exchange, interaction, signedIn));
    return seeOther(reply, next ?? signInPath(`/interaction/${interaction.uid}`));
  }

  @Post('deny')
  @FormPost()
  async deny(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return seeOther(reply, await this.interactions.deny(exchangeOf(request, reply)));
  }

  @Post('switch')
  @FormPost()
  async switchAccount(
    @Param('uid') uid: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const session = await this.sessions.find(this.cookie.read(request));
    if (session !== undefined) await this.sessions.end(session.sessionId);
    this.cookie.clear(reply);
    return seeOther(reply, signInPath(`/interaction/${encodeURIComponent(uid)}`));
  }

  private async findSignedIn(
    request: FastifyRequest,
    { signInAfter }: Interaction,
  ): Promise<SignedIn | undefined> {
    const session = await this.sessions.find(this.cookie.read(request));
    if (session === undefined) return undefined;
    if (signInAfter !== undefined && session.openedAt < signInAfter) return undefined;
    const user = await this.users.findById(session.userId);
    return user && { user, sessionId: session.sessionId };
  }
}
