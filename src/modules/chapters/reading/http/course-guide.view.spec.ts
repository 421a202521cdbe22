import type { NextStep } from 'src/modules/chapters/learning/domain/next-step';
import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { anAccess, PLANS } from 'src/modules/chapters/testing/payments.fake';
import { courseSchema, nextStepSchema } from './course-guide.schema';
import { toNextStepResponse, toPersonalCourse, toSharedCourse } from './course-guide.view';

const premium = SAMPLE_COURSE.findChapter('chapter-3');
const place = SAMPLE_COURSE.findSection('chapter-1-part-2');
if (!premium || !place) throw new Error('the sample course has lost a chapter');
const nothing = { notBefore: undefined, upgrade: undefined };

describe('the answer of getCourse', () => {
  it('matches the schema and contains no text of any section', () => {
    const none = { openedSections: 0, completedSections: 0, totalSections: 5, percent: 0 };
    const progress = { status: 'not_started', ...none } as const;
    const overview = SAMPLE_COURSE.chapters.map((chapter) => ({ chapter, hasAccess: true, progress }));

    const answer = { ...toSharedCourse(SAMPLE_COURSE), ...toPersonalCourse(overview) };

    expect(courseSchema.parse(answer)).toEqual(answer);
    expect(answer.totals).toMatchObject({ chapters: 3, free_chapters: 2, sections: 15, quizzes: 2 });
    expect(answer.levels).toEqual([
      { difficulty: 'beginner', chapter_ids: ['chapter-1', 'chapter-2', 'chapter-3'] },
    ]);
    expect(JSON.stringify(answer)).not.toContain('Secret sentence');
  });
});

describe('the answer of getNextStep', () => {
  it.each<[NextStep, string, object]>([
    [{ kind: 'start_chapter', ...place }, 'openSection', { section_id: 'chapter-1-part-2' }],
    [{ kind: 'resume_section', ...place }, 'openSection', { section_id: 'chapter-1-part-2' }],
    [{ kind: 'take_quiz', chapter: place.chapter }, 'getQuiz', { chapter_id: 'chapter-1' }],
    [{ kind: 'upgrade', chapter: premium }, 'createCheckoutSession', {}],
    [{ kind: 'get_certificate' }, 'getCertificate', {}],
  ])('names the operation and its parameters: %j', (step, operation, parameters) => {
    const answer = toNextStepResponse({ ...nothing, step });

    expect(nextStepSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ step: step.kind, operation_id: operation, parameters });
    expect(JSON.stringify(answer)).not.toContain('Secret sentence');
  });

  it('offers the upgrade with the members of the locked body', () => {
    const upgrade = { chapter: premium, access: anAccess(), plans: PLANS };

    const answer = toNextStepResponse({ ...nothing, upgrade, step: { kind: 'upgrade', chapter: premium } });

    expect(nextStepSchema.parse(answer)).toEqual(answer);
    expect(answer.upgrade).toEqual({
      operation_id: 'createCheckoutSession',
      plans: [
        { plan: 'monthly', interval: 'month', amount_minor: 999, currency: 'usd' },
        { plan: 'yearly', interval: 'year' },
      ],
    });
    expect(answer.preview).toEqual({
      introduction: premium.introduction,
      objectives: premium.objectives,
      section_titles: premium.sections.map(({ title }) => title),
    });
  });

  it('says when the cooldown of a failed quiz ends', () => {
    const notBefore = new Date('2026-11-24T20:02:00Z');

    const answer = toNextStepResponse({
      ...nothing,
      notBefore,
      step: { kind: 'take_quiz', chapter: place.chapter },
    });

    expect(answer.not_before).toBe('2026-11-24T20:02:00.000Z');
  });
});
