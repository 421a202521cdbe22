import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { AccessGrantsService } from 'src/modules/operators/access-grants.service';
import { NothingToSyncError } from 'src/modules/operators/operators.errors';
import { UserSyncService } from 'src/modules/operators/user-sync.service';
import { GrantNotFoundError, STRIPE_PROBLEMS } from 'src/modules/payments';
import { UserNotFoundError } from 'src/modules/users';
import { Acting } from './acting.decorator';
import { grantIdSchema, reasonBodySchema, userIdSchema, type ReasonBody } from './operator.schema';
import {
  grantBodySchema,
  grantOutcomeSchema,
  toGrantOutcomeResponse,
  toUserSyncResponse,
  userSyncSchema,
  type GrantBody,
  type GrantOutcomeResponse,
  type UserSyncResponse,
} from './repair.schema';

/** Repairs the access of a user. Each action that changes something is in the audit log. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator')
export class RepairController {
  constructor(
    private readonly syncs: UserSyncService,
    private readonly grants: AccessGrantsService,
  ) {}

  @Post('users/:userId/sync')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'syncUser',
    summary: 'Sync this user with Stripe now',
    description:
      'Runs the sync that a webhook triggers, and returns the access decision before and after it. Safe to repeat.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'Synced', standardSchema: userSyncSchema })
  @ApiProblems(new UserNotFoundError(), new NothingToSyncError(), ...STRIPE_PROBLEMS)
  async sync(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<UserSyncResponse> {
    return toUserSyncResponse(await this.syncs.sync(userId, { ...acting, reason }));
  }

  @Post('users/:userId/grants')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'grantAccess',
    summary: 'Grant this user complimentary access',
    description:
      'The grant lasts from now until `ends_at`, or until it is revoked. Each call creates another grant.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'The grant', standardSchema: grantOutcomeSchema })
  @ApiProblems(new UserNotFoundError())
  async grant(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Body({ schema: grantBodySchema }) { reason, ends_at }: GrantBody,
    @Acting() acting: Acting,
  ): Promise<GrantOutcomeResponse> {
    const endsAt = ends_at === undefined ? undefined : new Date(ends_at);
    return toGrantOutcomeResponse(await this.grants.grant(userId, endsAt, { ...acting, reason }));
  }

  @Post('grants/:grantId/revoke')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'revokeGrant',
    summary: 'Revoke complimentary access',
    description: 'Takes effect with the next request of the user. Repeating it changes nothing.',
  })
  @ApiParam({ name: 'grantId', type: String, description: 'From grantAccess or explainAccess' })
  @ApiOkResponse({ description: 'The revoked grant', standardSchema: grantOutcomeSchema })
  @ApiProblems(new GrantNotFoundError())
  async revoke(
    @Param('grantId', { schema: grantIdSchema }) grantId: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<GrantOutcomeResponse> {
    return toGrantOutcomeResponse(await this.grants.revoke(grantId, { ...acting, reason }));
  }
}
