import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { TooManyTimeZoneChangesError } from 'src/modules/chapters/learning/learning.errors';
import { LearningService } from 'src/modules/chapters/learning/learning.service';
import { StudyRecorder } from 'src/modules/chapters/learning/study-recorder.service';
import {
  progressReportSchema,
  setTimeZoneSchema,
  streakSchema,
  type ProgressReportResponse,
  type SetTimeZoneBody,
  type StreakResponse,
} from './progress-report.schema';
import { toProgressReportResponse, toStreakResponse } from './progress-report.view';

@ApiTags('Progress')
@RequireScope('chapters:read')
@Controller('api/v1/progress')
export class ProgressReportController {
  constructor(
    private readonly learning: LearningService,
    private readonly recorder: StudyRecorder,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getProgress',
    summary: 'The progress of the student',
    description:
      'Chapters, quizzes, time, streak, achievements and where to continue. Reading it changes nothing and is not an ' +
      'activity. For the next step, call getNextStep.',
  })
  @ApiOkResponse({ description: 'The progress', standardSchema: progressReportSchema })
  async getProgress(@CurrentUser() { userId }: Principal): Promise<ProgressReportResponse> {
    return toProgressReportResponse(await this.learning.getProgress(userId));
  }

  @Put('time-zone')
  @ApiOperation({
    operationId: 'setTimeZone',
    summary: 'Set the time zone of the streak',
    description:
      'Applies from now on; past days do not change. Ask the student for their city. The default is UTC.',
  })
  @ApiOkResponse({ description: 'The streak in this time zone', standardSchema: streakSchema })
  @ApiProblems(new TooManyTimeZoneChangesError({ until: new Date(3_600_000), now: new Date(0) }))
  async setTimeZone(
    @CurrentUser() { userId }: Principal,
    @Body({ schema: setTimeZoneSchema }) { time_zone: timeZone }: SetTimeZoneBody,
  ): Promise<StreakResponse> {
    await this.recorder.setTimeZone(userId, timeZone);
    return toStreakResponse(await this.learning.getProgress(userId));
  }
}
