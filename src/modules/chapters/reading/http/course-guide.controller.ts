import { Controller, Get, Res } from '@nestjs/common';
import { ApiNotModifiedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from 'src/common/domain/principal';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { ChaptersService } from 'src/modules/chapters/reading/chapters.service';
import { CourseService } from 'src/modules/chapters/course/course.service';
import type { Course } from 'src/modules/chapters/course/domain/course';
import { NextStepService } from 'src/modules/chapters/learning/next-step.service';
import { courseSchema, nextStepSchema, type NextStepResponse } from './course-guide.schema';
import { toNextStepResponse, toPersonalCourse, toSharedCourse } from './course-guide.view';
import { represent, sendRepresentation, SharedJsonCache } from './representation';

@ApiTags('Course')
@RequireScope('chapters:read')
@Controller('api/v1/course')
export class CourseGuideController {
  private readonly shared = new SharedJsonCache<Course>(toSharedCourse);

  constructor(
    private readonly content: CourseService,
    private readonly chapters: ChaptersService,
    private readonly nextSteps: NextStepService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getCourse',
    summary: 'The course at a glance',
    description:
      'Title, levels, totals and all chapters with the access and progress of this student, without course text.',
  })
  @ApiOkResponse({ description: 'The course', standardSchema: courseSchema })
  @ApiNotModifiedResponse({ description: 'If-None-Match matches the current version' })
  async getCourse(
    @CurrentUser() { userId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const { course } = this.content;
    const personal = toPersonalCourse(await this.chapters.listChapters(userId));
    return sendRepresentation(reply, represent(this.shared.get(course), personal));
  }

  @Get('next-step')
  @ApiOperation({
    operationId: 'getNextStep',
    summary: 'The next step of the student',
    description:
      'Resume a section, start a chapter, take a quiz, upgrade or fetch the certificate, with the operation to call and ' +
      'its parameters. Call it at the start of a conversation and when the student has finished something.',
  })
  @ApiOkResponse({ description: 'The step', standardSchema: nextStepSchema })
  async getNextStep(@CurrentUser() { userId }: Principal): Promise<NextStepResponse> {
    return toNextStepResponse(await this.nextSteps.getNextStep(userId));
  }
}
