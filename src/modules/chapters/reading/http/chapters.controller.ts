import { Controller, Get, Res } from '@nestjs/common';
import { ApiNotModifiedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from 'src/common/domain/principal';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { factsOf, ReadsWithSession } from 'src/common/http/decorators/reads-with-session.decorator';
import { ChaptersService, type KnownFacts } from 'src/modules/chapters/reading/chapters.service';
import { SECTION_MARKS } from 'src/modules/chapters/reading/persistence/progress.repository';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import type { SectionInCourse } from 'src/modules/chapters/course/domain/course';
import { Gated, GatedRoute } from 'src/modules/chapters/gate/http/premium.guard';
import { ACCESS_FACTS } from 'src/modules/payments';
import { chapterListSchema, chapterSchema, sectionSchema, type ChapterListResponse } from './chapters.schema';
import {
  toChapterListResponse,
  toPersonalChapter,
  toPersonalSection,
  toSharedChapter,
  toSharedSection,
} from './chapters.view';
import { represent, sendRepresentation, SharedJsonCache } from './representation';

@ApiTags('Chapters')
@RequireScope('chapters:read')
@Controller('api/v1/chapters')
export class ChaptersController {
  private readonly sharedChapters = new SharedJsonCache<Chapter>(toSharedChapter);
  private readonly sharedSections = new SharedJsonCache<SectionInCourse>(toSharedSection);

  constructor(private readonly chapters: ChaptersService) {}

  @Get()
  @ApiOperation({
    operationId: 'listChapters',
    summary: 'All chapters of the course, in order',
    description:
      'Returns all chapters with the access and the progress of this student, without course text.',
  })
  @ApiOkResponse({ description: 'The chapters in order', standardSchema: chapterListSchema })
  @ReadsWithSession(ACCESS_FACTS, SECTION_MARKS)
  async list(@CurrentUser() user: Principal): Promise<ChapterListResponse> {
    return toChapterListResponse(await this.chapters.listChapters(user.userId, knownOf(user)));
  }

  @Get(':chapterId')
  @GatedRoute('chapter', SECTION_MARKS)
  @ApiOperation({
    operationId: 'getChapter',
    summary: 'One chapter with its whole text',
    description: 'Prefer getSection to explain a chapter step by step. 403 premium_required has a preview.',
  })
  @ApiParam({ name: 'chapterId', type: String, description: 'For example chapter-4' })
  @ApiOkResponse({ description: 'The chapter', standardSchema: chapterSchema })
  @ApiNotModifiedResponse({ description: 'If-None-Match matches the current version' })
  async getChapter(
    @CurrentUser() user: Principal,
    @Gated() { chapter }: { chapter: Chapter },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const read = await this.chapters.readChapter(user.userId, chapter, knownOf(user));
    return sendRepresentation(reply, represent(this.sharedChapters.get(chapter), toPersonalChapter(read)));
  }

  @Get(':chapterId/sections/:sectionId')
  @GatedRoute('section', SECTION_MARKS)
  @ApiOperation({
    operationId: 'getSection',
    summary: 'One section of a chapter',
    description:
      'Each section is complete in itself; navigation has the next one. Reading it changes nothing. To study a ' +
      'section with the student, call openSection.',
  })
  @ApiParam({ name: 'chapterId', type: String, description: 'For example chapter-4' })
  @ApiParam({ name: 'sectionId', type: String, description: 'From the sections of getChapter' })
  @ApiOkResponse({ description: 'The section', standardSchema: sectionSchema })
  @ApiNotModifiedResponse({ description: 'If-None-Match matches the current version' })
  async getSection(
    @CurrentUser() user: Principal,
    @Gated() place: SectionInCourse,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const read = await this.chapters.readSection(user.userId, place, knownOf(user));
    return sendRepresentation(reply, represent(this.sharedSections.get(place), toPersonalSection(read)));
  }
}

const knownOf = (user: Principal): KnownFacts => ({
  access: factsOf(user, ACCESS_FACTS),
  marks: factsOf(user, SECTION_MARKS),
});
