import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientNetwork } from 'src/common/http/client-address';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { refuseForm } from 'src/common/http/form-refusal';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { seeOther } from 'src/common/http/see-other';
import { AuthService } from 'src/modules/accounts/auth.service';
import { signInPath, BrowserSessionsService, SessionCookie } from 'src/modules/auth';
import { loginSchema, registerSchema } from 'src/modules/accounts/http/auth.schema';
import { registerFormSchema, signInFormSchema, type RegisterForm, type SignInForm } from './sign-in.schema';
import { registerPage, signInPage } from './sign-in.view';
import { returnQuerySchema, type ReturnQuery } from './form-text.schema';

/** Signing in, registering and signing out on our own pages. */
@ApiExcludeController()
@Public()
@UseFilters(ProblemPageFilter)
@Controller()
export class SignInController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: BrowserSessionsService,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('sign-in')
  @FormPage()
  showSignIn(@Query({ schema: returnQuerySchema }) { return_to: returnTo }: ReturnQuery): string {
    return signInPage({ returnTo });
  }

  @Post('sign-in')
  @FormPost()
  async signIn(
    @Body({ schema: signInFormSchema }) form: SignInForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { return_to: returnTo, ...typed } = form;
    try {
      const { email, password } = loginSchema.parse(typed);
      const address = clientNetwork(request.ip);
      const { session: secret } = await this.auth.signIn({ email, password, address }, (userId) =>
        this.sessions.open(userId, request.headers['user-agent']),
      );
      await this.replaceCookie(request, reply, secret);
    } catch (error) {
      return signInPage({ email: form.email, returnTo, ...refuseForm(reply, error) });
    }
    return seeOther(reply, returnTo);
  }

  @Get('register')
  @FormPage()
  showRegister(@Query({ schema: returnQuerySchema }) { return_to: returnTo }: ReturnQuery): string {
    return registerPage({ returnTo });
  }

  @Post('register')
  @FormPost()
  async register(
    @Body({ schema: registerFormSchema }) form: RegisterForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { return_to: returnTo, ...typed } = form;
    try {
      const { email, password, full_name: fullName } = registerSchema.parse(typed);
      const address = clientNetwork(request.ip);
      const { session: secret } = await this.auth.createAccount(
        { email, password, fullName, address },
        (userId) => this.sessions.open(userId, request.headers['user-agent']),
      );
      await this.replaceCookie(request, reply, secret);
    } catch (error) {
      return registerPage({
        email: form.email,
        fullName: form.full_name,
        returnTo,
        ...refuseForm(reply, error),
      });
    }
    return seeOther(reply, returnTo);
  }

  @Post('sign-out')
  @FormPost()
  async signOut(
    @Body({ schema: returnQuerySchema }) { return_to: returnTo }: ReturnQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.endCurrent(request);
    this.cookie.clear(reply);
    return seeOther(reply, signInPath(returnTo));
  }

  /** Revokes the previous session of this browser. */
  private async replaceCookie(request: FastifyRequest, reply: FastifyReply, secret: string): Promise<void> {
    await this.endCurrent(request);
    this.cookie.write(reply, secret);
  }

  private async endCurrent(request: FastifyRequest): Promise<void> {
    const session = await this.sessions.find(this.cookie.read(request));
    if (session !== undefined) await this.sessions.end(session.sessionId);
  }
}
