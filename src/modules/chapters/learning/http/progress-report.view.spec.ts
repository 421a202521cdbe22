import { deriveAchievements } from 'src/modules/chapters/learning/domain/achievements';
import { deriveActivityDays } from 'src/modules/chapters/learning/domain/facts';
import {
  deriveCoursePercent,
  deriveLearnedChapters,
  findResumePoint,
} from 'src/modules/chapters/learning/domain/learned-chapter';
import { deriveStreak } from 'src/modules/chapters/learning/domain/streak';
import type { CourseProgress } from 'src/modules/chapters/learning/learning.service';
import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { onDay, Story } from 'src/modules/chapters/testing/learning.factory';
import { completeSectionSchema, progressReportSchema, setTimeZoneSchema } from './progress-report.schema';
import { toProgressReportResponse } from './progress-report.view';

const [one, two, three] = SAMPLE_COURSE.chapters;
if (!one || !two || !three) throw new Error('the sample course has lost a chapter');

function progressAfter(story: Story, today: string): CourseProgress {
  const facts = story.tell();
  const chapters = deriveLearnedChapters(SAMPLE_COURSE.chapters, facts);
  const activity = deriveActivityDays(facts);
  return {
    facts,
    chapters,
    percent: deriveCoursePercent(chapters),
    resume: findResumePoint(chapters),
    streak: deriveStreak(
      activity.map(({ day }) => day),
      today,
    ),
    timeZone: 'Europe/Berlin',
    achievements: deriveAchievements({ learned: chapters, ...facts, activity }),
  };
}

describe('the answer of getProgress', () => {
  it.each([
    ['a newcomer', new Story()],
    ['somebody in the middle', new Story().finishes(one, { day: 0 }).reads(two, { day: 2, count: 2 })],
    [
      'who has completed everything',
      new Story().reads(one, { day: 0 }).reads(two, { day: 1 }).reads(three, { day: 2 }),
    ],
  ])('matches the schema, for %s', (_, story) => {
    const answer = toProgressReportResponse(progressAfter(story, '2026-11-05'));

    expect(progressReportSchema.parse(answer)).toEqual(answer);
  });

  it('derives the chapters of a student', () => {
    const story = new Story()
      .reads(one, { day: 0 })
      .scores(one, { day: 0, percent: 50 })
      .scores(one, { day: 2, percent: 100 })
      .reads(two, { day: 3, count: 2 });

    const answer = toProgressReportResponse(progressAfter(story, '2026-11-05'));

    expect(answer).toMatchObject({
      percent: 44,
      sections: { completed: 7, total: 15 },
      quizzes: { passed: 1, total: 3 },
      seconds_spent: 420,
      resume: { chapter_id: 'chapter-2', section_id: 'chapter-2-part-3' },
      streak: { current_days: 3, frozen_days: ['2026-11-03'], active_today: true, freeze_available: false },
    });
    expect(answer.chapters[0]?.quiz).toEqual({
      passed: true,
      passed_at: onDay(2).toISOString(),
      best_percent: 100,
      attempt_count: 2,
      recent_attempts: [
        { submitted_at: onDay(2).toISOString(), score_percent: 100, passed: true },
        { submitted_at: onDay(0).toISOString(), score_percent: 50, passed: false },
      ],
    });
    expect(answer.achievements.filter(({ earned }) => earned).map(({ id }) => id)).toEqual([
      'first_section',
      'first_chapter',
      'first_quiz',
      'perfect_quiz',
      'comeback',
      'streak_3',
    ]);
  });

  it('lists the ten newest attempts and counts all', () => {
    const story = new Story();
    for (let day = 0; day < 12; day += 1) story.scores(one, { day, percent: day });

    const [first] = toProgressReportResponse(progressAfter(story, '2026-11-14')).chapters;

    expect(first?.quiz.attempt_count).toBe(12);
    expect(first?.quiz.recent_attempts.map((attempt) => attempt.score_percent)).toEqual([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
    ]);
  });
});

describe('the bodies of progress', () => {
  it.each([
    [undefined, {}],
    [{}, {}],
    [{ seconds: 3600 }, { seconds: 3600 }],
    [{ seconds: 0 }, { seconds: 0 }],
  ])('take %j', (body, expected) => expect(completeSectionSchema.parse(body)).toEqual(expected));

  it.each([{ seconds: 3601 }, { seconds: -1 }, { seconds: 1.5 }, { seconds: '60' }])('refuse %j', (body) => {
    expect(completeSectionSchema.safeParse(body).success).toBe(false);
  });

  it('refuse an unknown time zone with a readable message', () => {
    expect(setTimeZoneSchema.safeParse({ time_zone: 'Mars/Olympus' }).error?.issues[0]?.message).toBe(
      'is not the name of a time zone, such as Europe/Berlin',
    );
  });
});
