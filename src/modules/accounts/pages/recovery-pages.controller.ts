import { Body, Controller, Get, Post, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { refuseForm } from 'src/common/http/form-refusal';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { LinkNotValidError } from 'src/modules/accounts/accounts.errors';
import { forgotPasswordSchema, resetPasswordSchema } from 'src/modules/accounts/http/account.schema';
import { EmailRequestsService } from 'src/modules/accounts/email-requests.service';
import { PasswordResetService } from 'src/modules/accounts/password-reset.service';
import { returnQuerySchema, type ReturnQuery } from './form-text.schema';
import {
  forgotFormSchema,
  linkQuerySchema,
  resetFormSchema,
  type ForgotForm,
  type LinkQuery,
  type ResetForm,
} from './account-pages.schema';
import {
  forgotPage,
  emailSentPage,
  resetDonePage,
  resetLinkExpiredPage,
  resetPage,
} from './recovery-pages.view';

/** For anyone who forgot the password. */
@ApiExcludeController()
@Public()
@UseFilters(ProblemPageFilter)
@Controller()
export class RecoveryPagesController {
  constructor(
    private readonly resets: PasswordResetService,
    private readonly requests: EmailRequestsService,
  ) {}

  @Get('forgot-password')
  @FormPage()
  showForgot(@Query({ schema: returnQuerySchema }) { return_to: returnTo }: ReturnQuery): string {
    return forgotPage({ returnTo });
  }

  @Post('forgot-password')
  @FormPost()
  async forgot(
    @Body({ schema: forgotFormSchema }) { email, return_to: returnTo }: ForgotForm,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.requests.add(
        { kind: 'reset_password', email: forgotPasswordSchema.parse({ email }).email },
        address,
      );
    } catch (error) {
      return forgotPage({ email, returnTo, ...refuseForm(reply, error) });
    }
    return emailSentPage(returnTo);
  }

  /** Opening the link uses nothing up: email scanners open links too. */
  @Get('reset-password')
  @FormPage()
  async showReset(
    @Query({ schema: linkQuerySchema }) { token }: LinkQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (await this.resets.isValid(token)) return resetPage({ token });
    void reply.status(410);
    return resetLinkExpiredPage();
  }

  @Post('reset-password')
  @FormPost()
  async reset(
    @Body({ schema: resetFormSchema }) form: ResetForm,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const { token, new_password: newPassword } = resetPasswordSchema.parse(form);
      await this.resets.reset(token, newPassword);
    } catch (error) {
      const refusal = refuseForm(reply, error);
      return error instanceof LinkNotValidError
        ? resetLinkExpiredPage()
        : resetPage({ token: form.token, ...refusal });
    }
    return resetDonePage();
  }
}
