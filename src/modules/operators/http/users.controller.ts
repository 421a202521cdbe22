import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { AccessExplanationService } from 'src/modules/operators/access-explanation.service';
import { UserSearchService } from 'src/modules/operators/user-search.service';
import { UserTimelineService } from 'src/modules/operators/user-timeline.service';
import { UserNotFoundError } from 'src/modules/users';
import { explanationSchema, type ExplanationResponse } from './explanation.schema';
import { toExplanationResponse } from './explanation.view';
import { userIdSchema } from './operator.schema';
import {
  timelineQuerySchema,
  timelineSchema,
  type TimelineEntryResponse,
  type TimelineQuery,
} from './timeline.schema';
import { toTimelineEntryResponse } from './timeline.view';
import {
  toUserResponse,
  usersQuerySchema,
  usersSchema,
  type OperatorUserResponse,
  type UsersQuery,
} from './users.schema';

/** Finds users and explains their access. Changes nothing. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/users')
export class OperatorUsersController {
  constructor(
    private readonly search: UserSearchService,
    private readonly explanations: AccessExplanationService,
    private readonly timelines: UserTimelineService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'findUsers',
    summary: 'Find users by a part of the email address or name, or by an id of Stripe',
    description:
      'At most 20, the newest first; an empty list when nothing matches. A customer that was deleted at Stripe still finds its user.',
  })
  @ApiOkResponse({ description: 'The users', standardSchema: usersSchema })
  async find(@Query({ schema: usersQuerySchema }) { q }: UsersQuery): Promise<OperatorUserResponse[]> {
    return (await this.search.find(q)).map(toUserResponse);
  }

  @Get(':userId/access')
  @ApiOperation({
    operationId: 'explainAccess',
    summary: 'Explain why this user has or lacks access',
    description:
      'Returns the decision, the facts behind it, and the last change with the event or person that caused it.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'The explanation', standardSchema: explanationSchema })
  @ApiProblems(new UserNotFoundError())
  async explain(@Param('userId', { schema: userIdSchema }) userId: string): Promise<ExplanationResponse> {
    return toExplanationResponse(await this.explanations.explain(userId));
  }

  @Get(':userId/timeline')
  @ApiOperation({
    operationId: 'getUserTimeline',
    summary: 'List what happened to this user, newest first',
    description:
      'Webhook events, changes of access, writes to Stripe, grants and operator actions. For the next page, pass the last `position` as `before`.',
  })
  @ApiParam({ name: 'userId', type: String, description: 'From findUsers' })
  @ApiOkResponse({ description: 'The entries', standardSchema: timelineSchema })
  @ApiProblems(new UserNotFoundError())
  async timeline(
    @Param('userId', { schema: userIdSchema }) userId: string,
    @Query({ schema: timelineQuerySchema }) { before, limit }: TimelineQuery,
  ): Promise<TimelineEntryResponse[]> {
    return (await this.timelines.list(userId, { before, limit })).map(toTimelineEntryResponse);
  }
}
