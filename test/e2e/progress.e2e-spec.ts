import {
  progressReportSchema,
  type ProgressReportResponse,
} from '../../src/modules/chapters/learning/http/progress-report.schema';
import { call } from '../support/http';
import { sectionsOf, SmallCourse } from '../support/small-course';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

describe('progress', () => {
  let course: SmallCourse;

  beforeAll(async () => {
    course = await SmallCourse.start();
  }, 60_000);
  afterAll(() => course?.stop());

  const report = async (student: Student) => {
    const answer = await student.get('/progress');
    expect(answer.status).toBe(200);
    return progressReportSchema.parse(answer.body);
  };
  const nextStep = async (student: Student) => (await student.get('/course/next-step')).body;
  const setTimeZone = (student: Student, timeZone: unknown) =>
    call('PUT', `${course.app.apiUrl}/api/v1/progress/time-zone`, {
      token: student.token,
      body: { time_zone: timeZone },
    });
  const earned = ({ achievements }: ProgressReportResponse) =>
    achievements.filter((one) => one.earned).map(({ id, earned_at: at }) => [id, at]);

  it.each(['/progress', '/course', '/course/next-step', '/certificate'])(
    'requires a token at %s',
    async (path) => {
      expect((await call('GET', `${course.app.apiUrl}/api/v1${path}`)).status).toBe(401);
    },
  );

  it('returns only the first step to a new student, and reading changes nothing', async () => {
    const student = await course.app.student();

    const first = await report(student);

    expect(first).toMatchObject({
      percent: 0,
      seconds_spent: 0,
      resume: { chapter_id: 'chapter-1', section_id: 'chapter-1-part-1' },
      streak: { time_zone: 'UTC', current_days: 0, active_today: false, freeze_available: true },
    });
    expect(earned(first)).toEqual([]);
    expect(await nextStep(student)).toMatchObject({
      step: 'start_chapter',
      operation_id: 'openSection',
      parameters: { section_id: 'chapter-1-part-1' },
    });
    await student.get('/course');
    for (const path of ['/chapters', '/chapters/chapter-1', '/chapters/chapter-1/sections/chapter-1-part-1'])
      expect((await student.get(path)).status).toBe(200);
    for (const table of [
      'section_visits',
      'section_progress',
      'study_days',
      'learners',
      'learner_time_zones',
      'certificates',
    ])
      expect(await course.app.sql(`SELECT 1 FROM ${table} WHERE user_id = $1`, [student.id])).toEqual([]);
    expect(await report(student)).toEqual(first);
  });

  it('shows the course overview, with ETag', async () => {
    const student = await course.app.student();
    const path = `${course.app.apiUrl}/api/v1/course`;

    const answer = await student.get('/course');
    const etag = String(answer.headers.get('etag'));
    const again = await call('GET', path, { token: student.token, headers: { 'if-none-match': etag } });
    await course.complete(student, 'chapter-1-part-1');
    const later = await call('GET', path, { token: student.token, headers: { 'if-none-match': etag } });

    expect(answer.body).toMatchObject({
      title: expect.any(String),
      levels: [{ difficulty: 'beginner', chapter_ids: expect.any(Array) }],
      totals: { chapters: 6, free_chapters: 3, sections: 30, quizzes: 6, quiz_questions: 60 },
    });
    expect(answer.text).not.toMatch(/Body \d/);
    expect([again.status, later.status]).toEqual([304, 200]);
  });

  it('records the opened section and continues there', async () => {
    const student = await course.app.student();
    const open = (section: string) => student.post(`/progress/sections/${section}/open`);
    await course.complete(student, 'chapter-1-part-1');

    await open('chapter-2-part-1');
    await open('chapter-2-part-3');

    const { resume, chapters, streak, percent } = await report(student);
    expect(resume).toMatchObject({ chapter_id: 'chapter-2', section_id: 'chapter-2-part-3' });
    expect([percent, streak['current_days']]).toEqual([2, 1]);
    expect(chapters[1]).toMatchObject({
      user_progress: { status: 'in_progress', opened_sections: 2, completed_sections: 0 },
      sections: [
        { id: 'chapter-2-part-1', first_opened_at: expect.any(String) },
        { id: 'chapter-2-part-3', last_opened_at: expect.any(String), seconds_spent: 0 },
      ],
    });
    expect(await nextStep(student)).toMatchObject({
      step: 'resume_section',
      operation_id: 'openSection',
      parameters: { section_id: 'chapter-2-part-3' },
    });
    expect((await open('chapter-4-part-1')).status).toBe(403);
    expect((await report(student)).chapters[3]).toMatchObject({ sections: [] });
  });

  it('leads from the first section through the upgrade to the certificate', async () => {
    const student = await course.app.student();
    await course.complete(student, 'chapter-1-part-1');
    expect(await nextStep(student)).toMatchObject({
      step: 'resume_section',
      chapter: { id: 'chapter-1' },
      parameters: { section_id: 'chapter-1-part-2' },
    });
    await course.read(student, 1);
    expect(await nextStep(student)).toMatchObject({
      step: 'take_quiz',
      operation_id: 'getQuiz',
      parameters: { chapter_id: 'chapter-1' },
    });
    await student.post('/quizzes/chapter-1/submit', { answers: {} });
    expect(await nextStep(student)).toMatchObject({ step: 'take_quiz', not_before: expect.any(String) });
    await course.travelTo(new Date(String((await nextStep(student))['not_before'])));
    await eventually(() => course.pass(student, 1));
    await course.finish(student, 2);
    await course.finish(student, 3);

    const locked = await student.get('/chapters/chapter-4');
    const upgrade = await nextStep(student);
    expect(upgrade).toMatchObject({ step: 'upgrade', operation_id: 'createCheckoutSession', parameters: {} });
    expect(upgrade['upgrade']).toEqual(locked.body['upgrade']);
    expect(upgrade['preview']).toEqual(locked.body['preview']);

    await pay(course.app.stripe, (await student.checkout()).sessionId);
    await eventually(async () => expect(await nextStep(student)).toMatchObject({ step: 'start_chapter' }));
    for (const chapter of [4, 5, 6]) await course.finish(student, chapter);
    expect(await nextStep(student)).toMatchObject({
      step: 'get_certificate',
      operation_id: 'getCertificate',
    });

    const done = await report(student);
    expect(done).toMatchObject({ percent: 100, sections: { completed: 30, total: 30 } });
    expect(done).not.toHaveProperty('resume');
    expect(earned(done).map(([id]) => id)).toEqual([
      'first_section',
      'first_chapter',
      'first_quiz',
      'perfect_quiz',
      'comeback',
      'free_half',
      'premium_half',
      'level_beginner',
      'all_quizzes',
      'course_complete',
    ]);
  });

  it('credits time once for repeated calls, and refuses implausible times', async () => {
    const student = await course.app.student();

    await course.complete(student, 'chapter-1-part-1', { seconds: 600 });
    await Promise.all(
      [1, 2, 3, 4, 5].map(() => course.complete(student, 'chapter-1-part-1', { seconds: 600 })),
    );
    const tooLong = await student.post('/progress/sections/chapter-1-part-2/complete', { seconds: 3601 });

    const { seconds_spent: seconds, percent } = await report(student);
    expect(seconds).toBeGreaterThanOrEqual(600);
    expect(seconds).toBeLessThan(630);
    expect(percent).toBe(2);
    expect([tooLong.status, tooLong.body['code']]).toEqual([400, 'invalid_request']);
    expect(tooLong.body['errors']).toMatchObject([{ pointer: '/seconds' }]);
  });

  it.each(['Mars/Olympus', '+02:00', '', 5])('refuses the time zone %p', async (timeZone) => {
    const student = await course.app.student();

    const answer = await setTimeZone(student, timeZone);

    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
    expect((await report(student)).streak['time_zone']).toBe('UTC');
  });

  it('allows ten changes of the time zone a day', async () => {
    const student = await course.app.student();
    const zones = ['Europe/Berlin', 'Asia/Tokyo'];
    for (let change = 0; change < 10; change += 1)
      expect((await setTimeZone(student, zones[change % 2])).status).toBe(200);

    const eleventh = await setTimeZone(student, 'Europe/Berlin');
    const same = await setTimeZone(student, 'Asia/Tokyo');

    expect([eleventh.status, eleventh.body['code']]).toEqual([429, 'too_many_time_zone_changes']);
    expect(Number(eleventh.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect(same.status).toBe(200);
  });

  it('keeps a streak across a clock change, and covers a day with a freeze', async () => {
    const student = await course.app.student();
    expect((await setTimeZone(student, 'Europe/Berlin')).body).toMatchObject({ time_zone: 'Europe/Berlin' });
    const [first = '', second = '', third = '', fourth = ''] = sectionsOf(2);

    // Half past midnight on Saturday, on Sunday and, an hour shorter later, on Monday.
    await course.travelTo(new Date('2027-03-26T23:30:00Z'));
    await course.complete(student, first);
    await course.travelTo(new Date('2027-03-27T23:30:00Z'));
    await course.complete(student, second);
    await course.travelTo(new Date('2027-03-28T22:30:00Z'));
    await course.complete(student, third);
    expect((await report(student)).streak).toEqual({
      time_zone: 'Europe/Berlin',
      current_days: 3,
      longest_days: 3,
      active_today: true,
      freeze_available: true,
      frozen_days: [],
      last_active_day: '2027-03-29',
    });

    await course.travelTo(new Date('2027-03-31T10:00:00Z'));
    expect((await report(student)).streak).toMatchObject({ current_days: 3, active_today: false });
    await course.complete(student, first);
    const after = await report(student);
    expect(after.streak).toMatchObject({
      current_days: 4,
      frozen_days: ['2027-03-30'],
      freeze_available: false,
    });
    expect(earned(after)).toContainEqual(['streak_3', expect.stringMatching(/^2027-03-28T22:(29:59|30:0)/)]);

    await course.travelTo(new Date('2027-04-03T10:00:00Z'));
    await course.complete(student, fourth);
    const later = await report(student);
    expect(later.streak).toMatchObject({ current_days: 1, longest_days: 4 });
    expect(earned(later)).toEqual(expect.arrayContaining(earned(after)));
  }, 60_000);
});
