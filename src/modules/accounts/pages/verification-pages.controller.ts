import { Body, Controller, Get, Post, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { refuseForm } from 'src/common/http/form-refusal';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { forgotPasswordSchema } from 'src/modules/accounts/http/account.schema';
import { EmailRequestsService } from 'src/modules/accounts/email-requests.service';
import { EmailVerificationService } from 'src/modules/accounts/email-verification.service';
import { linkQuerySchema, resendFormSchema, type LinkQuery, type ResendForm } from './account-pages.schema';
import { requestLinkPage, verifiedPage, verifyPage, linkSentPage } from './verification-pages.view';

/** Where the links that confirm an address lead. */
@ApiExcludeController()
@Public()
@UseFilters(ProblemPageFilter)
@Controller('verify-email')
export class VerificationPagesController {
  constructor(
    private readonly verifications: EmailVerificationService,
    private readonly requests: EmailRequestsService,
  ) {}

  /** Opening the link confirms nothing: email scanners open links too. */
  @Get()
  @FormPage()
  async show(
    @Query({ schema: linkQuerySchema }) { token }: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const proof = token === '' ? undefined : await this.verifications.find(token);
    if (proof !== undefined) return verifyPage(proof.email, token);
    const verified = token === '' ? undefined : await this.verifications.findVerified(token);
    if (verified !== undefined) return verifiedPage(verified);
    if (token !== '') void reply.status(410);
    return requestLinkPage({ isDead: token !== '' });
  }

  @Post()
  @FormPost()
  async confirm(
    @Body({ schema: linkQuerySchema }) { token }: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      return verifiedPage(await this.verifications.verify(token));
    } catch (error) {
      return requestLinkPage({ isDead: false, ...refuseForm(reply, error) });
    }
  }

  @Post('resend')
  @FormPost()
  async resend(
    @Body({ schema: resendFormSchema }) { email }: ResendForm,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.requests.add(
        { kind: 'verify_email', email: forgotPasswordSchema.parse({ email }).email },
        address,
      );
    } catch (error) {
      return requestLinkPage({ isDead: false, email, ...refuseForm(reply, error) });
    }
    return linkSentPage();
  }
}
