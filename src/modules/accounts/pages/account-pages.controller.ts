import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { FormPage, FormPost } from 'src/common/http/decorators/form-page.decorator';
import { refuseForm } from 'src/common/http/form-refusal';
import { seeOther } from 'src/common/http/see-other';
import { AccountPages, CurrentSession, TooManyAttemptsError, type BrowserSession } from 'src/modules/auth';
import { UsersService } from 'src/modules/users';
import { EmailLimitError } from 'src/modules/accounts/accounts.errors';
import { changeEmailSchema, changePasswordSchema } from 'src/modules/accounts/http/account.schema';
import { EmailChangeService } from 'src/modules/accounts/email-change.service';
import { EmailVerificationService } from 'src/modules/accounts/email-verification.service';
import { PasswordChangeService } from 'src/modules/accounts/password-change.service';
import {
  emailFormSchema,
  passwordFormSchema,
  type EmailForm,
  type PasswordForm,
} from './account-pages.schema';
import { emailRequestedPage, emailPage, passwordChangedPage, passwordPage } from './account-pages.view';

/** Password and address, for anyone who is signed in in this browser. */
@AccountPages()
@Controller('account')
export class AccountPagesController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordChangeService,
    private readonly emails: EmailChangeService,
    private readonly verifications: EmailVerificationService,
  ) {}

  @Get('password')
  @FormPage()
  showPassword(): string {
    return passwordPage({});
  }

  @Post('password')
  @FormPost()
  async changePassword(
    @CurrentSession() { userId, sessionId }: BrowserSession,
    @Body({ schema: passwordFormSchema }) form: PasswordForm,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      const { current_password: password, new_password: newPassword } = changePasswordSchema.parse(form);
      await this.passwords.change({ userId, sessionId, password, newPassword, address });
    } catch (error) {
      return passwordPage(refuseForm(reply, error));
    }
    return passwordChangedPage();
  }

  @Get('email')
  @FormPage()
  async showEmail(@CurrentSession() { userId }: BrowserSession): Promise<string> {
    return emailPage({ present: (await this.users.getById(userId)).email });
  }

  /** The email that confirms the present address, once more. */
  @Post('email/resend')
  @FormPost()
  async resendConfirmation(
    @CurrentSession() { userId }: BrowserSession,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.verifications.resend(userId, address);
    } catch (error) {
      if (error instanceof EmailLimitError || error instanceof TooManyAttemptsError)
        return seeOther(reply, '/account?done=mail-too-soon');
      throw error;
    }
    return seeOther(reply, '/account?done=mail-sent');
  }

  @Post('email')
  @FormPost()
  async changeEmail(
    @CurrentSession() { userId }: BrowserSession,
    @Body({ schema: emailFormSchema }) form: EmailForm,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { new_email: wanted } = form;
    try {
      const { new_email: newEmail, password } = changeEmailSchema.parse(form);
      await this.emails.request({ userId, password, newEmail, address });
      return emailRequestedPage(newEmail);
    } catch (error) {
      const refusal = refuseForm(reply, error);
      return emailPage({ present: (await this.users.getById(userId)).email, wanted, ...refusal });
    }
  }
}
