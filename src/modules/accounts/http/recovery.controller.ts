import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { LinkNotValidError } from 'src/modules/accounts/accounts.errors';
import { TooManyAttemptsError } from 'src/modules/auth';
import { EmailTakenError } from 'src/modules/users';
import { EmailRequestsService } from 'src/modules/accounts/email-requests.service';
import { EmailVerificationService } from 'src/modules/accounts/email-verification.service';
import { PasswordResetService } from 'src/modules/accounts/password-reset.service';
import {
  forgotPasswordAnswerSchema,
  forgotPasswordSchema,
  passwordChangedAnswerSchema,
  resetPasswordSchema,
  verifyEmailAnswerSchema,
  verifyEmailSchema,
  type ForgotPasswordBody,
  type ResetPasswordBody,
  type VerifyEmailBody,
} from './account.schema';

/** Operations that need no session, because a link in an email identifies the owner. */
@ApiTags('Auth')
@Public()
@Controller('api/v1/auth')
export class RecoveryController {
  constructor(
    private readonly resets: PasswordResetService,
    private readonly verifications: EmailVerificationService,
    private readonly requests: EmailRequestsService,
  ) {}

  @Post('forgot-password')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'requestPasswordReset',
    summary: 'Request a password reset email',
    description:
      'Gives the same answer whether or not the address has an account. The link works once, for 30 minutes.',
  })
  @ApiOkResponse({ description: 'Accepted', standardSchema: forgotPasswordAnswerSchema })
  @ApiProblems(new TooManyAttemptsError(42))
  async forgotPassword(
    @Body({ schema: forgotPasswordSchema }) { email }: ForgotPasswordBody,
    @ClientAddress() address: string,
  ): Promise<{ accepted: true }> {
    await this.requests.add({ kind: 'reset_password', email }, address);
    return { accepted: true };
  }

  @Post('reset-password')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resetPassword',
    summary: 'Set a new password with the token of a reset link',
    description: 'Revokes all sessions of the account, including connected applications. 400 link_not_valid.',
  })
  @ApiOkResponse({ description: 'Changed', standardSchema: passwordChangedAnswerSchema })
  @ApiProblems(new LinkNotValidError())
  async resetPassword(
    @Body({ schema: resetPasswordSchema }) { token, new_password: newPassword }: ResetPasswordBody,
  ): Promise<{ password_changed: true }> {
    await this.resets.reset(token, newPassword);
    return { password_changed: true };
  }

  @Post('verify-email')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'verifyEmail',
    summary: 'Verify an email address with the token of a verification link',
    description:
      'For the address of a new account and for a new address of an account. Repeating is harmless.',
  })
  @ApiOkResponse({ description: 'Verified', standardSchema: verifyEmailAnswerSchema })
  @ApiProblems(new LinkNotValidError(), new EmailTakenError())
  async verifyEmail(
    @Body({ schema: verifyEmailSchema }) { token }: VerifyEmailBody,
  ): Promise<{ email_verified: true; email: string }> {
    return { email_verified: true, email: await this.verifications.verify(token) };
  }
}
