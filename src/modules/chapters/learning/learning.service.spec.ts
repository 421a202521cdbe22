import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { learningAfter } from 'src/modules/chapters/testing/learning.fake';
import { NO_LEARNING, onDay, Story } from 'src/modules/chapters/testing/learning.factory';

const [one, two] = SAMPLE_COURSE.chapters;
if (!one || !two) throw new Error('the sample course has lost a chapter');

describe('LearningService', () => {
  it('puts sections, quizzes and days together', async () => {
    const facts = new Story().finishes(one, { day: 0 }).reads(two, { day: 1, count: 1 }).tell();

    const progress = await learningAfter(facts, onDay(1)).getProgress('u');

    expect(progress).toMatchObject({
      percent: 38,
      resume: { section: { id: 'chapter-2-part-2' } },
      streak: { currentDays: 2, isActiveToday: true },
      timeZone: 'UTC',
    });
  });

  it('counts only the quizzes of this student', async () => {
    const facts = new Story().finishes(one, { day: 0 }).tell();

    const { chapters } = await learningAfter(facts, onDay(1)).getProgress('somebody-else');

    expect(chapters[0]?.quiz.attempts).toBe(0);
  });

  it('uses the current time zone for today', async () => {
    const timeZones = [{ since: onDay(-9), timeZone: 'Pacific/Kiritimati' }];
    const facts = { ...new Story().reads(one, { day: 0 }).tell(), timeZones };

    // 09:00 UTC is 23:00 there; two hours later it is tomorrow.
    const tomorrow = new Date(onDay(0).getTime() + 2 * 3_600_000);

    expect((await learningAfter(facts, onDay(0)).getProgress('u')).streak.isActiveToday).toBe(true);
    expect((await learningAfter(facts, tomorrow).getProgress('u')).streak.isActiveToday).toBe(false);
  });

  it('returns nothing for a student without activity', async () => {
    const progress = await learningAfter(NO_LEARNING, onDay(0)).getProgress('u');

    expect(progress).toMatchObject({ percent: 0, streak: { currentDays: 0 } });
    expect(progress.achievements.filter(({ earnedAt }) => earnedAt)).toEqual([]);
  });
});
