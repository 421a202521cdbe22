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
    summary: 'How far the student has come',
    description:
      'Chapters, quizzes, time, streak, achievements and the place to continue at. Asking changes nothing and is no ' +
      'activity. For what to do now, call getNextStep.',
  })
  @ApiOkResponse({ description: 'The progress', standardSchema: progressReportSchema })
  async getProgress(@CurrentUser() { userId }: Principal): Promise<ProgressReportResponse> {
    return toProgressReportResponse(await this.learning.getProgress(userId));
  }

  @Put('time-zone')
  @ApiOperation({
    operationId: 'setTimeZone',
    summary: 'Set the time zone that the days of the streak follow',
    description:
      'Holds from now on; past days stay as they were. Ask the student for their city. Until set, days are in UTC.',
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
