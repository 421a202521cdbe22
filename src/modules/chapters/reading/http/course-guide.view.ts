import type { ChapterOverview } from 'src/modules/chapters/reading/chapters.service';
import { courseVersion } from 'src/modules/chapters/course/course-version';
import { DIFFICULTIES, type Chapter, type Section } from 'src/modules/chapters/course/domain/chapter';
import type { Course } from 'src/modules/chapters/course/domain/course';
import type { AdvisedStep, Upgrade } from 'src/modules/chapters/learning/next-step.service';
import { buildOffer } from 'src/modules/chapters/gate/http/locked-body';
import { toChapterListResponse } from './chapters.view';
import type { CourseResponse, NextStepResponse } from './course-guide.schema';

/** The part of the course's answer that is the same for every reader. */
export function toSharedCourse(course: Course): Omit<CourseResponse, 'chapters'> {
  const { chapters } = course;
  const sum = (of: (chapter: Chapter) => number) => chapters.reduce((total, one) => total + of(one), 0);
  const questionsOf = ({ id }: Chapter) => course.findQuiz(id)?.quiz.questions.length ?? 0;
  return {
    title: course.title,
    content_version: courseVersion(course),
    levels: DIFFICULTIES.map((difficulty) => ({
      difficulty,
      chapter_ids: chapters.filter((one) => one.difficulty === difficulty).map(({ id }) => id),
    })).filter((level) => level.chapter_ids.length > 0),
    totals: {
      chapters: chapters.length,
      free_chapters: chapters.filter(({ tier }) => tier === 'free').length,
      sections: sum(({ sections }) => sections.length),
      words: sum(({ words }) => words),
      estimated_minutes: sum(({ estimatedMinutes }) => estimatedMinutes),
      quizzes: chapters.filter((chapter) => questionsOf(chapter) > 0).length,
      quiz_questions: sum(questionsOf),
    },
  };
}

export function toPersonalCourse(chapters: readonly ChapterOverview[]): Pick<CourseResponse, 'chapters'> {
  return { chapters: toChapterListResponse(chapters) };
}

export function toNextStepResponse({ step, notBefore, upgrade }: AdvisedStep): NextStepResponse {
  switch (step.kind) {
    case 'start_chapter':
    case 'resume_section':
      return toReadingStep(step);
    case 'take_quiz':
      return {
        step: step.kind,
        message: `All sections of chapter ${step.chapter.position} are completed. Take its quiz.`,
        operation_id: 'getQuiz',
        parameters: { chapter_id: step.chapter.id },
        chapter: toChapter(step.chapter),
        ...(notBefore && { not_before: notBefore.toISOString() }),
      };
    case 'upgrade':
      return {
        step: step.kind,
        message: `You have completed everything that is free. Chapter ${step.chapter.position}, "${step.chapter.title}", is premium.`,
        operation_id: 'createCheckoutSession',
        parameters: {},
        chapter: toChapter(step.chapter),
        ...(upgrade && toUpgrade(upgrade)),
      };
    case 'get_certificate':
      return {
        step: step.kind,
        message: 'The course is complete. Get the certificate.',
        operation_id: 'getCertificate',
        parameters: {},
      };
  }
}

function toReadingStep(
  step: Extract<AdvisedStep['step'], { kind: 'start_chapter' | 'resume_section' }>,
): NextStepResponse {
  return {
    step: step.kind,
    message:
      step.kind === 'start_chapter'
        ? `Start chapter ${step.chapter.position}, "${step.chapter.title}".`
        : `Continue chapter ${step.chapter.position} with "${step.section.title}".`,
    operation_id: 'openSection',
    parameters: { section_id: step.section.id },
    chapter: toChapter(step.chapter),
    section: toSection(step.section),
  };
}

/** The same members as in every answer about locked content, built by the same function. */
function toUpgrade({ chapter, plans }: Upgrade): Pick<NextStepResponse, 'preview' | 'upgrade'> {
  const { preview, upgrade } = buildOffer({ chapter, plans });
  return { preview: { ...preview, objectives: [...preview.objectives] }, upgrade };
}

const toChapter = ({ id, title, position, tier }: Chapter) => ({ id, title, position, access_tier: tier });
const toSection = ({ id, title, estimatedMinutes }: Section) => ({
  id,
  title,
  estimated_minutes: estimatedMinutes,
});
