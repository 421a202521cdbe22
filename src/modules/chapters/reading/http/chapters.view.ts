import type {
  ChapterOverview,
  ReadChapter,
  ReadSection,
  WorkedSection,
} from 'src/modules/chapters/reading/chapters.service';
import { toMarkdown, type Chapter } from 'src/modules/chapters/course/domain/chapter';
import { neighbouringSections, type SectionInCourse } from 'src/modules/chapters/course/domain/course';
import { isOpened, type SectionMarks } from 'src/modules/chapters/learning/domain/progress';
import { toProgressResponse } from 'src/modules/chapters/learning/http/chapter-progress.view';
import type {
  ChapterLink,
  ChapterListResponse,
  ChapterResponse,
  CompletedSectionResponse,
  OpenedSectionResponse,
  SectionResponse,
} from './chapters.schema';

type ForEverybody<T, Personal extends keyof T> = Omit<T, Personal>;
type PersonalChapterKeys = 'user_has_access' | 'user_progress' | 'sections' | 'navigation';
type PersonalSectionKeys = 'opened' | 'completed';

export function toChapterListResponse(chapters: readonly ChapterOverview[]): ChapterListResponse {
  return chapters.map(({ chapter, hasAccess, progress }) => ({
    ...toMetadata(chapter),
    user_has_access: hasAccess,
    user_progress: toProgressResponse(progress),
  }));
}

/** The part of a chapter's answer that is the same for every reader. */
export function toSharedChapter(chapter: Chapter): ForEverybody<ChapterResponse, PersonalChapterKeys> {
  return {
    ...toMetadata(chapter),
    prerequisites: [...chapter.prerequisites],
    tags: [...chapter.tags],
    content_version: chapter.version,
    introduction: chapter.introduction,
    content: [chapter.introduction, ...chapter.sections.map(toMarkdown)].join('\n\n'),
  };
}

export function toPersonalChapter(read: ReadChapter): Pick<ChapterResponse, PersonalChapterKeys> {
  const { chapter, previous, next, progress, marks } = read;
  return {
    user_has_access: true,
    user_progress: toProgressResponse(progress),
    sections: chapter.sections.map(({ id, title, position, estimatedMinutes }) => ({
      id,
      title,
      position,
      estimated_minutes: estimatedMinutes,
      ...toMarks(id, marks),
    })),
    navigation: {
      ...(previous && { previous_chapter: toLink(previous) }),
      ...(next && { next_chapter: toLink(next) }),
    },
  };
}

export function toSharedSection(place: SectionInCourse): ForEverybody<SectionResponse, PersonalSectionKeys> {
  const { chapter, section } = place;
  const { previous, next } = neighbouringSections(place);
  return {
    id: section.id,
    title: section.title,
    position: section.position,
    chapter: { id: chapter.id, title: chapter.title, access_tier: chapter.tier },
    estimated_minutes: section.estimatedMinutes,
    content_version: chapter.version,
    content: toMarkdown(section),
    navigation: {
      ...(previous && { previous_section: { id: previous.id, title: previous.title } }),
      ...(next && { next_section: { id: next.id, title: next.title } }),
    },
  };
}

export function toPersonalSection({
  section,
  marks,
}: ReadSection): Pick<SectionResponse, PersonalSectionKeys> {
  return toMarks(section.id, marks);
}

/** The members of getSection and the new progress, so that one call is enough to teach a section. */
export function toOpenedSectionResponse(worked: WorkedSection): OpenedSectionResponse {
  return {
    ...toSharedSection(worked),
    ...toPersonalSection(worked),
    user_progress: toProgressResponse(worked.progress),
    next_action: 'completeSection',
  };
}

export function toCompletedSectionResponse(worked: WorkedSection): CompletedSectionResponse {
  return {
    chapter_id: worked.chapter.id,
    section_id: worked.section.id,
    user_progress: toProgressResponse(worked.progress),
    next_action: 'getNextStep',
  };
}

function toMarks(sectionId: string, marks: SectionMarks): Pick<SectionResponse, PersonalSectionKeys> {
  return { opened: isOpened(sectionId, marks), completed: marks.completed.has(sectionId) };
}

function toMetadata(chapter: Chapter) {
  return {
    id: chapter.id,
    title: chapter.title,
    subtitle: chapter.subtitle,
    position: chapter.position,
    access_tier: chapter.tier,
    difficulty: chapter.difficulty,
    estimated_minutes: chapter.estimatedMinutes,
    section_count: chapter.sections.length,
    objectives: [...chapter.objectives],
  };
}

function toLink({ chapter, hasAccess }: { chapter: Chapter; hasAccess: boolean }): ChapterLink {
  return { id: chapter.id, title: chapter.title, access_tier: chapter.tier, user_has_access: hasAccess };
}
