import { randomUUID } from 'node:crypto';
import { Clock } from 'src/common/domain/clock';
import { StudyRecorder } from 'src/modules/chapters/learning/study-recorder.service';
import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { LearningRepository } from './learning.repository';

class MovableClock extends Clock {
  constructor(private moment: Date) {
    super();
  }

  now(): Date {
    return this.moment;
  }

  moveTo(text: string): void {
    this.moment = new Date(text);
  }
}

const NOTHING = { sections: [], visits: [], timeZones: [], studyDays: [] };
const place = SAMPLE_COURSE.findSection('chapter-1-part-1');
if (place === undefined) throw new Error('the sample course has lost its first section');
const other = SAMPLE_COURSE.findSection('chapter-1-part-2') ?? place;

describe('LearningRepository and StudyRecorder', () => {
  const testDatabase = useTestDatabase();
  let learning: LearningRepository;
  let clock: MovableClock;
  let recorder: StudyRecorder;

  beforeAll(() => {
    learning = new LearningRepository(testDatabase.database);
  });
  beforeEach(() => {
    clock = new MovableClock(new Date('2026-11-24T22:30:00Z'));
    recorder = new StudyRecorder(learning, clock);
  });
  const aUser = async () => {
    const id = randomUUID();
    await testDatabase.database.query(`INSERT INTO users (id, email, full_name) VALUES ($1, $2, 'Ada')`, [
      id,
      `${id}@example.com`,
    ]);
    return id;
  };

  it('returns no facts for a student without activity', async () => {
    expect(await learning.load(await aUser())).toEqual(NOTHING);
  });

  it('keeps the first completion, adds up the time and marks every day', async () => {
    const [ada, bob] = [await aUser(), await aUser()];
    await recorder.recordStudy(bob, other, 5);

    await recorder.recordStudy(ada, place, 600);
    clock.moveTo('2026-11-25T10:00:00Z');
    await recorder.recordStudy(ada, place, 120);

    expect(await learning.load(ada)).toEqual({
      sections: [
        {
          chapterId: 'chapter-1',
          sectionId: 'chapter-1-part-1',
          completedAt: new Date('2026-11-24T22:30:00Z'),
          seconds: 720,
        },
      ],
      visits: [],
      timeZones: [],
      studyDays: [
        { day: '2026-11-24', at: new Date('2026-11-24T22:30:00Z') },
        { day: '2026-11-25', at: new Date('2026-11-25T10:00:00Z') },
      ],
    });
  });

  it('credits time once when twenty reports arrive concurrently, also for several sections', async () => {
    const ada = await aUser();

    await Promise.all(
      Array.from({ length: 20 }, (_, index) => recorder.recordStudy(ada, index % 2 ? place : other, 600)),
    );

    const { sections } = await learning.load(ada);
    expect(sections.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(600);
    expect(sections).toHaveLength(2);
  });

  it('does not use up time with a report without time', async () => {
    const ada = await aUser();

    await recorder.recordStudy(ada, place, 600);
    clock.moveTo('2026-11-24T22:40:00Z');
    await recorder.recordStudy(ada, other);
    await recorder.recordStudy(ada, other, 300);

    const { sections } = await learning.load(ada);
    expect(sections.map(({ seconds }) => seconds)).toEqual([600, 300]);
  });

  it('counts the time from opening to completing once when no time is reported', async () => {
    const ada = await aUser();

    await recorder.recordOpening(ada, place);
    clock.moveTo('2026-11-24T22:31:30Z');
    await recorder.recordStudy(ada, place);
    clock.moveTo('2026-11-24T22:32:00Z');
    await recorder.recordStudy(ada, place);

    const { sections, visits } = await learning.load(ada);
    expect(sections.map(({ seconds }) => seconds)).toEqual([90]);
    expect(visits).toEqual([
      {
        chapterId: 'chapter-1',
        sectionId: 'chapter-1-part-1',
        firstOpenedAt: new Date('2026-11-24T22:30:00Z'),
        lastOpenedAt: new Date('2026-11-24T22:30:00Z'),
      },
    ]);
  });

  it('marks no day when a section is only opened', async () => {
    const ada = await aUser();

    await recorder.recordOpening(ada, place);

    expect(await learning.load(ada)).toMatchObject({ sections: [], studyDays: [], visits: [{}] });
  });

  it('marks the day in the time zone of the student', async () => {
    const ada = await aUser();

    await recorder.setTimeZone(ada, 'Europe/Berlin');
    await recorder.recordStudy(ada, place);
    clock.moveTo('2026-11-25T11:00:00Z');
    await recorder.setTimeZone(ada, 'Pacific/Kiritimati');
    await recorder.recordStudy(ada, place);

    const { studyDays, timeZones } = await learning.load(ada);
    expect(studyDays.map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-26']);
    expect(timeZones).toEqual([
      { since: new Date('2026-11-24T22:30:00Z'), timeZone: 'Europe/Berlin' },
      { since: new Date('2026-11-25T11:00:00Z'), timeZone: 'Pacific/Kiritimati' },
    ]);
  });

  it('stores nothing for the current time zone', async () => {
    const ada = await aUser();

    await recorder.setTimeZone(ada, 'UTC');

    expect(await learning.listTimeZones(ada)).toEqual([]);
  });

  it('keeps the last of two changes at the same time', async () => {
    const ada = await aUser();

    await recorder.setTimeZone(ada, 'Asia/Tokyo');
    await recorder.setTimeZone(ada, 'Europe/Berlin');

    expect((await learning.listTimeZones(ada)).map(({ timeZone }) => timeZone)).toEqual(['Europe/Berlin']);
  });

  it('stores everything or nothing', async () => {
    const ada = await aUser();

    const failing = learning.serialised(ada, async () => {
      const study = { userId: ada, chapterId: 'chapter-1', sectionId: 'a', at: clock.now(), seconds: 1 };
      await learning.saveStudy({ ...study, day: 'no day' });
    });

    await expect(failing).rejects.toThrow('study_days_day_check');
    expect(await learning.load(ada)).toEqual(NOTHING);
  });

  it('refuses to count backwards', async () => {
    const ada = await aUser();
    const study = { userId: ada, chapterId: 'chapter-1', sectionId: 'a', at: clock.now(), day: '2026-11-24' };

    await expect(learning.saveStudy({ ...study, seconds: -1 })).rejects.toThrow(
      'section_progress_seconds_check',
    );
  });

  it('forgets everything about a deleted user', async () => {
    const ada = await aUser();
    await recorder.setTimeZone(ada, 'Asia/Tokyo');
    await recorder.recordOpening(ada, place);
    await recorder.recordStudy(ada, place, 60);

    await testDatabase.database.query('DELETE FROM users WHERE id = $1', [ada]);

    expect(await learning.load(ada)).toEqual(NOTHING);
    expect(await testDatabase.database.query('SELECT 1 FROM learners WHERE user_id = $1', [ada])).toEqual([]);
  });
});
