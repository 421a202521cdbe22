import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { NO_LEARNING, onDay, Story } from 'src/modules/chapters/testing/learning.factory';
import type { LearningFacts } from './facts';
import { decideNextStep } from './next-step';
import { deriveCoursePercent, deriveLearnedChapters, findResumePoint } from './learned-chapter';

const [one, two, three] = [
  aChapter({ position: 1 }),
  aChapter({ position: 2 }),
  aChapter({ position: 3, tier: 'premium' }),
] as const;
const learned = (facts: LearningFacts) => deriveLearnedChapters([one, two, three], facts);

describe('deriveLearnedChapters', () => {
  it('says when a chapter was completed and when its quiz was first passed', () => {
    const facts = new Story()
      .reads(one, { day: 0, count: 4 })
      .reads(one, { day: 2 })
      .scores(one, { day: 3, percent: 40 })
      .scores(one, { day: 4, percent: 90 })
      .scores(one, { day: 5, percent: 70 })
      .tell();

    expect(learned(facts)[0]).toMatchObject({
      secondsSpent: 300,
      quiz: { attempts: 3, bestPercent: 90, passedAt: onDay(4), lastAttemptAt: onDay(5) },
      readAt: onDay(2),
      doneAt: onDay(4),
      lastWorkedAt: onDay(5),
    });
  });

  it('is not done without the quiz or without the last section', () => {
    const read = learned(new Story().reads(one, { day: 0 }).scores(one, { day: 0, percent: 69 }).tell())[0];
    const tested = learned(
      new Story().reads(one, { day: 0, count: 4 }).scores(one, { day: 0, percent: 100 }).tell(),
    )[0];

    expect([read?.readAt, read?.doneAt]).toEqual([onDay(0), undefined]);
    expect([tested?.readAt, tested?.doneAt]).toEqual([undefined, undefined]);
  });

  it('returns opened and completed sections, and counts opening as progress', () => {
    const story = new Story().reads(one, { day: 0, count: 1 }).opens(one, { day: 1, number: 3 });
    const [chapter] = learned(story.opens(one, { day: 2, number: 3 }).tell());

    expect(chapter?.sections).toEqual([
      { section: one.sections[0], completedAt: onDay(0), seconds: 60 },
      { section: one.sections[2], firstOpenedAt: onDay(1), lastOpenedAt: onDay(2), seconds: 0 },
    ]);
    expect(chapter).toMatchObject({
      progress: { status: 'in_progress', openedSections: 2, completedSections: 1 },
      lastWorkedAt: onDay(2),
    });
  });

  it('ignores sections that the course no longer has', () => {
    const facts = { ...NO_LEARNING, sections: new Story().reads(one, { day: 0 }).tell().sections };
    const [shorter] = deriveLearnedChapters([{ ...one, sections: one.sections.slice(0, 2) }], facts);

    expect(shorter).toMatchObject({ secondsSpent: 120, progress: { percent: 100 } });
  });
});

describe('deriveCoursePercent', () => {
  it('counts sections and quizzes with the same weight and rounds down', () => {
    expect(deriveCoursePercent(learned(NO_LEARNING))).toBe(0);
    expect(deriveCoursePercent(learned(new Story().finishes(one, { day: 0 }).tell()))).toBe(33);
    const allButOne = new Story()
      .finishes(one, { day: 0 })
      .finishes(two, { day: 1 })
      .reads(three, { day: 2 })
      .tell();
    expect(deriveCoursePercent(learned(allButOne))).toBe(94);
    expect(deriveCoursePercent([])).toBe(0);
  });
});

describe('findResumePoint', () => {
  const resume = (story: Story) => findResumePoint(learned(story.tell()))?.section.id;

  it.each<[string, Story, string | undefined]>([
    ['begins at the beginning', new Story(), 'chapter-1-part-1'],
    [
      'continues the chapter worked on last, not the first open one',
      new Story().reads(one, { day: 0, count: 2 }).reads(two, { day: 1, count: 1 }),
      'chapter-2-part-2',
    ],
    ['goes on to the next chapter', new Story().reads(one, { day: 0 }), 'chapter-2-part-1'],
    ['comes round to what was left out', new Story().reads(three, { day: 0 }), 'chapter-1-part-1'],
    [
      'counts a quiz as activity',
      new Story().reads(one, { day: 0, count: 2 }).scores(two, { day: 1, percent: 10 }),
      'chapter-2-part-1',
    ],
    [
      'continues with the section opened last',
      new Story().opens(two, { day: 0, number: 3 }),
      'chapter-2-part-3',
    ],
    [
      'prefers the last opened section to the first skipped one',
      new Story()
        .reads(one, { day: 0, count: 1 })
        .opens(one, { day: 1, number: 4 })
        .opens(one, { day: 2, number: 3 }),
      'chapter-1-part-3',
    ],
    [
      'leaves a section that was completed after it was opened',
      new Story().opens(one, { day: 0 }).reads(one, { day: 0, count: 1 }),
      'chapter-1-part-2',
    ],
    [
      'ignores an opened section of another chapter after the next activity',
      new Story().opens(three, { day: 0 }).reads(one, { day: 1, count: 2 }),
      'chapter-1-part-3',
    ],
    [
      'is undefined when all sections are completed',
      new Story().reads(one, { day: 0 }).reads(two, { day: 1 }).reads(three, { day: 2 }),
      undefined,
    ],
  ])('%s', (_, story, expected) => {
    expect(resume(story)).toBe(expected);
  });
});

describe('decideNextStep', () => {
  const next = (story: Story, hasPremium = false) => {
    const step = decideNextStep(learned(story.tell()), hasPremium);
    const place = 'section' in step ? step.section.id : 'chapter' in step ? step.chapter.id : '';
    return `${step.kind} ${place}`.trim();
  };
  const freeDone = () => new Story().finishes(one, { day: 0 }).finishes(two, { day: 1 });

  it.each<[string, Story, boolean, string]>([
    ['starts', new Story(), false, 'start_chapter chapter-1-part-1'],
    ['resumes', new Story().reads(one, { day: 0, count: 3 }), false, 'resume_section chapter-1-part-4'],
    [
      'continues an opened section',
      new Story().opens(one, { day: 0, number: 2 }),
      false,
      'resume_section chapter-1-part-2',
    ],
    [
      'does not send a student without access back to a premium section',
      new Story().opens(three, { day: 0 }),
      false,
      'start_chapter chapter-1-part-1',
    ],
    [
      'asks for the quiz of a chapter that is read',
      new Story().reads(one, { day: 0 }),
      false,
      'take_quiz chapter-1',
    ],
    [
      'asks again after a failed quiz',
      new Story().reads(one, { day: 0 }).scores(one, { day: 0, percent: 60 }),
      false,
      'take_quiz chapter-1',
    ],
    [
      'goes on to the next chapter',
      new Story().finishes(one, { day: 0 }),
      false,
      'start_chapter chapter-2-part-1',
    ],
    [
      'prefers a skipped section to an upgrade',
      new Story().finishes(two, { day: 0 }),
      false,
      'start_chapter chapter-1-part-1',
    ],
    ['offers the upgrade when nothing else is open', freeDone(), false, 'upgrade chapter-3'],
    ['starts the premium chapter', freeDone(), true, 'start_chapter chapter-3-part-1'],
    [
      'offers the upgrade when access ended in the middle of a chapter',
      freeDone().reads(three, { day: 2, count: 2 }),
      false,
      'upgrade chapter-3',
    ],
    ['ends with the certificate', freeDone().finishes(three, { day: 2 }), true, 'get_certificate'],
    [
      'ends with the certificate even when access has ended',
      freeDone().finishes(three, { day: 2 }),
      false,
      'get_certificate',
    ],
  ])('%s', (_, story, hasPremium, expected) => {
    expect(next(story, hasPremium)).toBe(expected);
  });
});
