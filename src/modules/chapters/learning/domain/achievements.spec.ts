import fc from 'fast-check';
import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { NO_LEARNING, onDay, Story } from 'src/modules/chapters/testing/learning.factory';
import { deriveAchievements } from './achievements';
import { deriveActivityDays, type LearningFacts } from './facts';
import { deriveLearnedChapters } from './learned-chapter';

const chapters = [
  aChapter({ position: 1 }),
  aChapter({ position: 2, difficulty: 'intermediate' }),
  aChapter({ position: 3, tier: 'premium', difficulty: 'advanced' }),
] as const;
const [one, two, three] = chapters;

function earned(facts: LearningFacts): Record<string, Date> {
  const learned = deriveLearnedChapters(chapters, facts);
  const { sections, attempts } = facts;
  const all = deriveAchievements({ learned, sections, attempts, activity: deriveActivityDays(facts) });
  return Object.fromEntries(all.flatMap(({ id, earnedAt }) => (earnedAt ? [[id, earnedAt]] : [])));
}

describe('deriveAchievements', () => {
  it('lists fifteen with unique ids and a rule each, none earned by a newcomer', () => {
    const all = deriveAchievements({ learned: [], sections: [], attempts: [], activity: [] });

    expect(new Set(all.map(({ id }) => id)).size).toBe(15);
    expect(all.every(({ rule, title }) => rule !== '' && title !== '')).toBe(true);
    expect(earned(NO_LEARNING)).toEqual({});
  });

  it.each<[string, Story, number]>([
    ['first_section', new Story().reads(one, { day: 2, count: 1 }), 2],
    ['first_chapter', new Story().reads(two, { day: 1, count: 4 }).reads(two, { day: 3 }), 3],
    ['first_quiz', new Story().scores(one, { day: 1, percent: 20 }).scores(two, { day: 4, percent: 70 }), 4],
    [
      'perfect_quiz',
      new Story().scores(one, { day: 1, percent: 99 }).scores(one, { day: 4, percent: 100 }),
      4,
    ],
    ['comeback', new Story().scores(one, { day: 1, percent: 50 }).scores(one, { day: 4, percent: 80 }), 4],
    ['free_half', new Story().reads(one, { day: 1 }).reads(two, { day: 5 }), 5],
    ['premium_half', new Story().reads(three, { day: 6 }), 6],
    ['level_beginner', new Story().reads(one, { day: 1 }), 1],
    ['level_intermediate', new Story().reads(two, { day: 2 }), 2],
    ['level_advanced', new Story().reads(three, { day: 3 }), 3],
  ])('dates %s', (id, story, day) => {
    expect(earned(story.tell())[id]).toEqual(onDay(day));
  });

  it.each<[string, Story]>([
    ['perfect_quiz', new Story().scores(one, { day: 1, percent: 99 })],
    ['comeback', new Story().scores(one, { day: 1, percent: 80 }).scores(one, { day: 2, percent: 90 })],
    ['comeback', new Story().scores(one, { day: 1, percent: 10 }).scores(two, { day: 2, percent: 90 })],
    ['free_half', new Story().reads(one, { day: 1 })],
    ['all_quizzes', new Story().scores(one, { day: 1, percent: 80 }).scores(two, { day: 1, percent: 80 })],
    [
      'course_complete',
      new Story().finishes(one, { day: 0 }).finishes(two, { day: 0 }).reads(three, { day: 0 }),
    ],
  ])('does not reveal %s', (id, story) => {
    expect(earned(story.tell())).not.toHaveProperty(id);
  });

  it('dates a streak by the day that completes it, and the course by its last step', () => {
    const story = new Story();
    for (let day = 0; day < 7; day += 1) story.scores(one, { day, percent: 10 });
    story.finishes(one, { day: 7 }).finishes(two, { day: 20 }).finishes(three, { day: 21 });

    expect(earned(story.tell())).toMatchObject({
      streak_3: onDay(2),
      streak_7: onDay(6),
      all_quizzes: onDay(21),
      course_complete: onDay(21),
    });
    expect(earned(story.tell())).not.toHaveProperty('streak_30');
  });

  it('dates thirty days', () => {
    const story = new Story();
    for (let day = 0; day < 40; day += 1) story.scores(one, { day, percent: 10 });

    expect(earned(story.tell())['streak_30']).toEqual(onDay(29));
  });

  it('awards no premium achievement in a course without premium chapters', () => {
    const facts = new Story().reads(one, { day: 1 }).tell();
    const learned = deriveLearnedChapters([one], facts);
    const all = deriveAchievements({ learned, sections: facts.sections, attempts: [], activity: [] });

    expect(all.find(({ id }) => id === 'premium_half')?.earnedAt).toBeUndefined();
  });

  it('never revokes or moves an achievement after later activity', () => {
    const step = fc.record({
      chapter: fc.constantFrom(...chapters),
      gap: fc.integer({ min: 0, max: 3 }),
      percent: fc.constantFrom(undefined, 0, 60, 80, 100),
      count: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const story = new Story();
        let [day, before] = [0, earned(story.tell())];
        for (const { chapter, gap, percent, count } of steps) {
          day += gap;
          if (percent === undefined) story.reads(chapter, { day, count });
          else story.scores(chapter, { day, percent });
          const after = earned(story.tell());
          expect(after).toMatchObject(before);
          before = after;
        }
      }),
    );
  });
});
