import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { ChaptersService } from 'src/modules/chapters/chapters.service';
import type { SectionInCourse } from 'src/modules/chapters/domain/course';
import { completedSectionSchema, type CompletedSectionResponse } from './chapters.schema';
import { toProgressResponse } from './chapters.view';
import { Gated, GatedRoute } from './premium.guard';
import { completeSectionSchema, type CompleteSectionBody } from './progress-report.schema';

@ApiTags('Chapters')
@RequireScope('chapters:read')
@Controller('api/v1/progress')
export class ProgressController {
  constructor(private readonly chapters: ChaptersService) {}

  @Post('sections/:sectionId/complete')
  @HttpCode(200)
  @GatedRoute('section')
  @ApiOperation({
    operationId: 'completeSection',
    summary: 'Mark a section as completed',
    description:
      'Call it when the student has worked through a section. Repeating it keeps the first time and counts as activity.',
  })
  @ApiParam({ name: 'sectionId', type: String, description: 'From the sections of getChapter' })
  @ApiOkResponse({ description: 'Progress in the chapter', standardSchema: completedSectionSchema })
  async completeSection(
    @CurrentUser() { userId }: Principal,
    @Gated() place: SectionInCourse,
    @Body({ schema: completeSectionSchema }) { seconds }: CompleteSectionBody,
  ): Promise<CompletedSectionResponse> {
    const { chapter, section, progress } = await this.chapters.completeSection(userId, place, seconds);
    return { chapter_id: chapter.id, section_id: section.id, user_progress: toProgressResponse(progress) };
  }
}
