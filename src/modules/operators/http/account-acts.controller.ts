import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { EmailLimitError } from 'src/modules/accounts';
import { TooManyAttemptsError } from 'src/modules/auth';
import { AccountActsService } from 'src/modules/operators/account-acts.service';
import { UserNotFoundError } from 'src/modules/users';
import { Acting } from './acting.decorator';
import {
  doneSchema,
  renameBodySchema,
  resendBodySchema,
  type DoneResponse,
  type RenameBody,
  type ResendBody,
} from './acts.schema';
import { reasonBodySchema, userIdSchema, type ReasonBody } from './operator.schema';

/** Acts on the account of a user. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/users/:userId')
export class AccountActsController {
  constructor(private readonly accounts: AccountActsService) {}

  @Put('name')
  @ApiOperation({
    operationId: 'renameUser',
    summary: 'Change the name of this user',
    description: 'Certificates that were issued keep the earlier name.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Renamed', standardSchema: doneSchema })
  @ApiProblems(new UserNotFoundError())
  async rename(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: renameBodySchema }) { reason, full_name: fullName }: RenameBody,
    @Acting() acting: Acting,
  ): Promise<DoneResponse> {
    await this.accounts.rename(userId, fullName, { ...acting, reason });
    return { done: true };
  }

  @Post('sessions/end')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'endUserSessions',
    summary: 'Sign this user out everywhere',
    description: 'Browsers, API clients and connected applications. They must sign in again.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Signed out', standardSchema: doneSchema })
  @ApiProblems(new UserNotFoundError())
  async endSessions(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<DoneResponse> {
    await this.accounts.endSessions(userId, { ...acting, reason });
    return { done: true };
  }

  @Post('emails')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resendUserEmail',
    summary: 'Send this user the verification or password email again',
    description: 'A verified address gets no verification email. Earlier links of the same kind expire.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Sent', standardSchema: doneSchema })
  @ApiProblems(new UserNotFoundError(), new EmailLimitError(60), new TooManyAttemptsError(60))
  async resendEmail(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: resendBodySchema }) { reason, email }: ResendBody,
    @Acting() acting: Acting,
    @ClientAddress() address: string,
  ): Promise<DoneResponse> {
    await this.accounts.resendEmail(userId, email, { ...acting, reason, address });
    return { done: true };
  }
}
