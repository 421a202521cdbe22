import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { ChaptersService } from 'src/modules/chapters/reading/chapters.service';
import type { SectionInCourse } from 'src/modules/chapters/course/domain/course';
import { Gated, GatedRoute } from 'src/modules/chapters/gate/http/premium.guard';
import {
  completeSectionSchema,
  type CompleteSectionBody,
} from 'src/modules/chapters/learning/http/progress-report.schema';
import {
  completedSectionSchema,
  openedSectionSchema,
  type CompletedSectionResponse,
  type OpenedSectionResponse,
} from './chapters.schema';
import { toCompletedSectionResponse, toOpenedSectionResponse } from './chapters.view';

@ApiTags('Chapters')
@RequireScope('chapters:read')
@Controller('api/v1/progress')
export class ProgressController {
  constructor(private readonly chapters: ChaptersService) {}

  @Post('sections/:sectionId/open')
  @HttpCode(200)
  @GatedRoute('section')
  @ApiOperation({
    operationId: 'openSection',
    summary: 'Open a section to study it now',
    description:
      'Returns the text like getSection and records the position of the student, so that the course continues at this ' +
      'section next time. Explain the section, then call completeSection.',
  })
  @ApiParam({
    name: 'sectionId',
    type: String,
    description: 'From getNextStep or the sections of getChapter',
  })
  @ApiOkResponse({
    description: 'The section and progress in its chapter',
    standardSchema: openedSectionSchema,
  })
  async openSection(
    @CurrentUser() { userId }: Principal,
    @Gated() place: SectionInCourse,
  ): Promise<OpenedSectionResponse> {
    return toOpenedSectionResponse(await this.chapters.openSection(userId, place));
  }

  @Post('sections/:sectionId/complete')
  @HttpCode(200)
  @GatedRoute('section')
  @ApiOperation({
    operationId: 'completeSection',
    summary: 'Mark a section as completed',
    description:
      'Call it when the student has finished a section, then call getNextStep. A repeated call keeps the first time and ' +
      'counts as activity.',
  })
  @ApiParam({ name: 'sectionId', type: String, description: 'From the sections of getChapter' })
  @ApiOkResponse({ description: 'Progress in the chapter', standardSchema: completedSectionSchema })
  async completeSection(
    @CurrentUser() { userId }: Principal,
    @Gated() place: SectionInCourse,
    @Body({ schema: completeSectionSchema }) { seconds }: CompleteSectionBody,
  ): Promise<CompletedSectionResponse> {
    return toCompletedSectionResponse(await this.chapters.completeSection(userId, place, seconds));
  }
}
