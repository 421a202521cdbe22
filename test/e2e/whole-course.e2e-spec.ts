import { Clock } from '../../src/common/domain/clock';
import type { Chapter, Course, Question } from '../../src/modules/chapters';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import {
  nextStepSchema,
  type NextStepResponse,
} from '../../src/modules/chapters/reading/http/course-guide.schema';
import { TestApp } from '../support/app';
import { call, type Answer } from '../support/http';
import { rightAnswers, toGraded, toQuiz, type GivenAnswer } from '../support/quiz';
import { SandboxControl } from '../support/sandbox-control';
import { pay, type Student } from '../support/student';
import { eventually } from '../support/wait';

const DAY_MS = 86_400_000;
const toList = (answer: GivenAnswer): string[] => [answer].flat().map(String);

/**
 * One student, one story, the course that ships. She does what getNextStep says and nothing else, so that the story also
 * proves that it leads from the first section to the certificate.
 */
describe('a student completes the whole course', () => {
  let app: TestApp;
  let course: Course;
  let ada: Student;

  beforeAll(async () => {
    app = await TestApp.start();
    ({ course } = app.web.get(CourseService));
    ada = await app.student();
  }, 60_000);
  afterAll(() => app?.stop());

  const now = () => app.web.get(Clock).now();
  const chapterOf = (position: number): Chapter => {
    const chapter = course.chapters[position - 1];
    if (chapter === undefined) throw new Error(`the course has no chapter ${position}`);
    return chapter;
  };
  const nextStep = async () => nextStepSchema.parse((await ada.get('/course/next-step')).body);
  const progress = async () => (await ada.get('/progress')).body;

  async function travelTo(moment: Date): Promise<void> {
    const days = (moment.getTime() - now().getTime()) / DAY_MS;
    await new SandboxControl(app.sandbox.url).advanceDays(days);
    await eventually(() => expect(now().getTime()).toBeGreaterThan(moment.getTime() - 2000));
  }

  /** Opens and completes the section that getNextStep names, and proves that it was the text of the course. */
  async function study({ operation_id: operation, parameters }: NextStepResponse): Promise<void> {
    expect(operation).toBe('openSection');
    const id = parameters.section_id ?? '';
    const opened = await ada.post(`/progress/sections/${id}/open`);
    expect(opened.status).toBe(200);
    expect(opened.body['content']).toContain(course.findSection(id)?.section.body);
    expect((await ada.post(`/progress/sections/${id}/complete`, { seconds: 60 })).status).toBe(200);
  }

  /** Does what comes next as long as it is reading; returns the step that is something else. */
  async function readOn(): Promise<NextStepResponse> {
    for (let sections = 0; sections < 10; sections += 1) {
      const step = await nextStep();
      if (!['start_chapter', 'resume_section'].includes(step.step)) return step;
      await study(step);
    }
    throw new Error('a chapter does not end');
  }

  /** Submits the right answers, changed by `spoil`. */
  async function takeQuiz(
    { id }: Chapter,
    spoil: (question: Question, answer: GivenAnswer) => GivenAnswer | undefined = (_, answer) => answer,
  ): Promise<Answer> {
    const quiz = course.findQuiz(id)?.quiz;
    if (quiz === undefined) throw new Error(`${id} has no quiz`);
    const shown = await ada.get(`/quizzes/${id}`);
    expect(shown.text).not.toMatch(/"(answer|accepted|explanation|correct_answer)"/);
    const right = rightAnswers(quiz, toQuiz(shown));
    const given = quiz.questions.map(
      (question) => [question.id, spoil(question, right[question.id] ?? '')] as const,
    );
    const answers = Object.fromEntries(given.filter(([, answer]) => answer !== undefined));
    return ada.post(`/quizzes/${id}/submit`, { answers });
  }

  const search = (query: string) => ada.get(`/chapters/search?q=${encodeURIComponent(query)}`);

  it('starts with the first section, and other reading changes nothing', async () => {
    const [first] = chapterOf(1).sections;
    expect((await ada.get('/chapters/chapter-1')).status).toBe(200);
    expect((await search('what is a token')).body['hits']).not.toEqual([]);

    expect(await nextStep()).toMatchObject({ step: 'start_chapter', parameters: { section_id: first?.id } });
    expect(await progress()).toMatchObject({ percent: 0, streak: { current_days: 0 } });
  });

  it('continues with the section that was left open', async () => {
    const [, , third] = chapterOf(1).sections;
    await ada.post(`/progress/sections/${third?.id}/open`);

    expect(await nextStep()).toMatchObject({ step: 'resume_section', parameters: { section_id: third?.id } });
    expect(await progress()).toMatchObject({ percent: 0, resume: { section_id: third?.id } });
  });

  it('fails the first quiz, sees what to reread, waits, and passes', async () => {
    expect(await readOn()).toMatchObject({ step: 'take_quiz', parameters: { chapter_id: 'chapter-1' } });

    const failed = await takeQuiz(chapterOf(1), (question, answer) =>
      question.type === 'multiple_choice' ? toList(answer).slice(0, 1) : undefined,
    );
    const { passed: hasPassed, results } = toGraded(failed);
    expect(hasPassed).toBe(false);
    const partial = results.filter(({ credit }) => credit > 0 && credit < 1);
    expect(partial.length).toBeGreaterThan(0);
    for (const result of results) {
      expect(course.findSection(result.section)).toBeDefined();
      expect([result.explanation, result.correct_answer]).toEqual([undefined, undefined]);
    }

    const tooEarly = await takeQuiz(chapterOf(1));
    expect([tooEarly.status, tooEarly.body['code']]).toEqual([409, 'quiz_cooldown']);
    const { step, not_before: notBefore } = await nextStep();
    expect(step).toBe('take_quiz');
    await travelTo(new Date(notBefore ?? 0));

    const passed = await eventually(async () => {
      const again = await takeQuiz(chapterOf(1));
      expect(again.status).toBe(200);
      return toGraded(again);
    });
    expect(passed).toMatchObject({ passed: true, score_percent: 100 });
    expect(passed.results.every((one) => one.explanation && one.correct_answer)).toBe(true);
  });

  it('keeps the streak across the clock change in Berlin', async () => {
    await call('PUT', `${app.apiUrl}/api/v1/progress/time-zone`, {
      token: ada.token,
      body: { time_zone: 'Europe/Berlin' },
    });
    // Saturday, Sunday and Monday, half past midnight there; the last of these nights has 23 hours.
    for (const moment of ['2027-03-26T23:30:00Z', '2027-03-27T23:30:00Z', '2027-03-28T22:30:00Z']) {
      await travelTo(new Date(moment));
      await study(await nextStep());
    }

    const { streak, achievements } = (await progress()) as {
      streak: Record<string, unknown>;
      achievements: { id: string; earned: boolean }[];
    };
    expect(streak).toMatchObject({ current_days: 3, active_today: true, last_active_day: '2027-03-29' });
    expect(achievements.filter(({ earned }) => earned).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['first_section', 'first_chapter', 'first_quiz', 'comeback', 'streak_3']),
    );
  });

  it('completes the free chapters with a partly right answer, and searches', async () => {
    expect(await readOn()).toMatchObject({ step: 'take_quiz', parameters: { chapter_id: 'chapter-2' } });
    const submitted = await takeQuiz(chapterOf(2), (question, answer) =>
      question.type === 'multiple_choice' ? toList(answer).slice(0, -1) : answer,
    );
    const nearly = toGraded(submitted);
    expect(nearly.passed).toBe(true);
    expect(nearly.score_percent).toBeLessThan(100);

    expect(await readOn()).toMatchObject({ step: 'take_quiz', parameters: { chapter_id: 'chapter-3' } });
    expect(toGraded(await takeQuiz(chapterOf(3))).passed).toBe(true);
    expect((await search('promt enginering')).body).toMatchObject({ searched_for: 'prompt engineering' });
  });

  it('is refused at every route of the first premium chapter, and sees its preview', async () => {
    const { title, introduction, objectives, sections } = chapterOf(4);
    const step = await nextStep();
    expect(step).toMatchObject({ step: 'upgrade', operation_id: 'createCheckoutSession' });

    const doors = await Promise.all([
      ada.get('/chapters/chapter-4'),
      ada.get(`/chapters/chapter-4/sections/${sections[0]?.id}`),
      ada.post(`/progress/sections/${sections[0]?.id}/open`),
      ada.post(`/progress/sections/${sections[0]?.id}/complete`),
      ada.get('/quizzes/chapter-4'),
      ada.post('/quizzes/chapter-4/submit', { answers: {} }),
    ]);
    const preview = { introduction, objectives, section_titles: sections.map((section) => section.title) };
    for (const { status, body } of doors) {
      expect([status, body['code']]).toEqual([403, 'premium_required']);
      expect(body['preview']).toEqual(preview);
    }
    expect(step).toMatchObject({ chapter: { title }, preview });
    expect((await search('lethal trifecta')).body).toMatchObject({ hits: [], locked_matches: 1 });
    expect((await ada.get('/certificate')).body).toMatchObject({ code: 'certificate_not_earned' });
  });

  it('pays, and continues with the premium chapter', async () => {
    await pay(app.stripe, (await ada.checkout()).sessionId);

    await eventually(async () =>
      expect(await nextStep()).toMatchObject({
        step: 'start_chapter',
        operation_id: 'openSection',
        parameters: { section_id: chapterOf(4).sections[0]?.id },
      }),
    );
    expect((await search('lethal trifecta')).body['hits']).not.toEqual([]);
  });

  it('completes the premium chapters; a third failure shows the answers', async () => {
    for (const position of [4, 5]) {
      expect(await readOn()).toMatchObject({
        step: 'take_quiz',
        parameters: { chapter_id: `chapter-${position}` },
      });
      expect(toGraded(await takeQuiz(chapterOf(position))).passed).toBe(true);
    }
    await readOn();
    for (const attempt of [1, 2, 3]) {
      const graded = await eventually(async () => {
        const taken = await takeQuiz(chapterOf(6), () => undefined);
        expect(taken.status).toBe(200);
        return toGraded(taken);
      });
      expect(graded.results.every((one) => one.correct_answer !== undefined)).toBe(attempt === 3);
      await travelTo(new Date((await nextStep()).not_before ?? 0));
    }
    const last = await eventually(async () => {
      const taken = await takeQuiz(chapterOf(6));
      expect(taken.status).toBe(200);
      return toGraded(taken);
    });
    expect(last.passed).toBe(true);
  }, 60_000);

  it('gets a certificate with a valid page and PDF', async () => {
    expect(await nextStep()).toMatchObject({ step: 'get_certificate', operation_id: 'getCertificate' });

    const { body } = await ada.get('/certificate');
    const page = await call('GET', String(body['verification_url']));
    const pdf = await call('GET', String(body['pdf_url']));
    const { value } = body['signature'] as { value: string };
    const claims = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()) as object;

    expect(body).toMatchObject({ student_name: 'Ada Student', course_title: course.title });
    expect([page.status, pdf.status, pdf.headers.get('content-type')]).toEqual([200, 200, 'application/pdf']);
    expect(page.text).toContain('Valid certificate');
    expect(page.text).toContain('Ada Student');
    expect(claims).toMatchObject({ name: 'Ada Student', course: course.title, chapters: 6 });
    expect([page.text, value].join()).not.toContain('@example.test');
  });

  it('sees everything in the progress report', async () => {
    const report = (await progress()) as {
      chapters: { user_progress: object; sections: unknown[] }[];
      achievements: { id: string; earned: boolean }[];
    };

    const total = course.chapters.reduce((sum, { sections }) => sum + sections.length, 0);
    expect(report).toMatchObject({ percent: 100, sections: { completed: total }, quizzes: { passed: 6 } });
    expect(report).not.toHaveProperty('resume');
    expect(report.chapters.map(({ sections }) => sections.length)).toEqual(
      course.chapters.map(({ sections }) => sections.length),
    );
    expect(report.achievements.length).toBeGreaterThanOrEqual(12);
    expect(report.achievements.filter(({ earned }) => !earned).map(({ id }) => id)).toEqual([
      'streak_7',
      'streak_30',
    ]);
  });
});
