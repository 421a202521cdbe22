import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { EmailLimitError, WrongPasswordError } from 'src/modules/accounts/accounts.errors';
import { TooManyAttemptsError } from 'src/modules/auth';
import { EmailChangeService } from 'src/modules/accounts/email-change.service';
import { EmailVerificationService } from 'src/modules/accounts/email-verification.service';
import { PasswordChangeService } from 'src/modules/accounts/password-change.service';
import {
  changeEmailAnswerSchema,
  changeEmailSchema,
  changePasswordSchema,
  passwordChangedAnswerSchema,
  resendAnswerSchema,
  type ChangeEmailBody,
  type ChangePasswordBody,
} from './account.schema';

/** Changes by the signed-in owner. Connected applications cannot use these operations: none of them names a scope. */
@ApiTags('Auth')
@ApiBearerAuth()
@Controller('api/v1/auth')
export class AccountChangesController {
  constructor(
    private readonly verifications: EmailVerificationService,
    private readonly passwords: PasswordChangeService,
    private readonly emails: EmailChangeService,
  ) {}

  @Post('resend-verification')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resendVerificationEmail',
    summary: 'Resend the verification email',
    description: 'Limited to once a minute and ten times a day (429 mail_limit). Earlier links stop working.',
  })
  @ApiOkResponse({
    description: 'Sent, or the address is already verified',
    standardSchema: resendAnswerSchema,
  })
  @ApiProblems(new EmailLimitError(42), new TooManyAttemptsError(42))
  async resend(
    @CurrentUser() { userId }: Principal,
    @ClientAddress() address: string,
  ): Promise<{ email_verified: boolean; mail_sent: boolean }> {
    const { emailVerifiedAt } = await this.verifications.resend(userId, address);
    const isVerified = emailVerifiedAt !== null;
    return { email_verified: isVerified, mail_sent: !isVerified };
  }

  @Post('change-password')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Change the password',
    description:
      'Requires the current password (403 wrong_password). Revokes all other sessions; the session that asks continues.',
  })
  @ApiOkResponse({ description: 'Changed', standardSchema: passwordChangedAnswerSchema })
  @ApiProblems(new WrongPasswordError(), new TooManyAttemptsError(42))
  async changePassword(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body({ schema: changePasswordSchema }) body: ChangePasswordBody,
    @ClientAddress() address: string,
  ): Promise<{ password_changed: true }> {
    const { current_password: password, new_password: newPassword } = body;
    await this.passwords.change({ userId, sessionId, password, newPassword, address });
    return { password_changed: true };
  }

  @Post('change-email')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'changeEmail',
    summary: 'Request a change of the email address',
    description:
      'Requires the password (403 wrong_password). Sends a link to the new address; the address changes when the link is used.',
  })
  @ApiOkResponse({ description: 'The link was sent', standardSchema: changeEmailAnswerSchema })
  @ApiProblems(new WrongPasswordError(), new EmailLimitError(42), new TooManyAttemptsError(42))
  async changeEmail(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: changeEmailSchema }) { new_email: newEmail, password }: ChangeEmailBody,
    @ClientAddress() address: string,
  ): Promise<{ confirmation_sent: true }> {
    await this.emails.request({ userId, password, newEmail, address });
    return { confirmation_sent: true };
  }
}
