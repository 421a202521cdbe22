import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import { aChapterText } from '../../src/modules/chapters/testing/chapter.factory';
import { aQuiz, aQuizText } from '../../src/modules/chapters/testing/quiz.factory';
import { TestApp } from '../support/app';
import { asAnswerList, rightAnswers, submitRightAnswers, toGraded, toQuiz } from '../support/quiz';
import { SandboxControl } from '../support/sandbox-control';
import type { Student } from '../support/student';
import { eventually } from '../support/wait';

// A course of three small chapters: free with a quiz, premium with a quiz, free without one.
const PREMIUM_ROUTES = [
  ['GET', '/quizzes/chapter-2'],
  ['GET', '/quizzes/chapter-2/attempts'],
  ['POST', '/quizzes/chapter-2/submit'],
] as const;

describe('quizzes', () => {
  let app: TestApp;
  let content: string;

  beforeAll(async () => {
    content = await mkdtemp(join(tmpdir(), 'quizzes-'));
    await mkdir(join(content, 'quizzes'));
    for (const [position, tier] of [
      [1, 'free'],
      [2, 'premium'],
      [3, 'free'],
    ] as const) {
      await writeFile(join(content, `${position}.md`), aChapterText({ position, frontMatter: { tier } }));
    }
    for (const position of [1, 2]) {
      await writeFile(join(content, 'quizzes', `chapter-${position}.yaml`), aQuizText(aQuiz({ position })));
    }
    app = await TestApp.start({ worker: false, env: { CONTENT_DIR: content } });
  });
  afterAll(async () => {
    await app?.stop();
    await rm(content, { recursive: true, force: true });
  });

  const grant = ({ id }: Student) =>
    app.sql(
      `INSERT INTO grants (user_id, reason, starts_at, granted_by) VALUES ($1, 'test', now() - interval '1 day', $1)`,
      [id],
    );
  const read = async (student: Student, chapter = 1) => {
    const answer = await student.get(`/quizzes/chapter-${chapter}`);
    return { ...answer, quiz: toQuiz(answer) };
  };
  const submit = (student: Student, answers: unknown, chapter = 1) =>
    student.post(`/quizzes/chapter-${chapter}/submit`, { answers });
  const submitRight = (student: Student, chapter = 1) =>
    submitRightAnswers(student, aQuiz({ position: chapter }));
  const countAttempts = async ({ id }: Student) =>
    (await app.sql('SELECT 1 FROM quiz_attempts WHERE user_id = $1', [id])).length;
  const visit = (student: Student, [method, path]: (typeof PREMIUM_ROUTES)[number]) =>
    method === 'GET' ? student.get(path) : student.post(path, { answers: {} });

  it('shows a free quiz without answers, explanations and original order, the same twice', async () => {
    const student = await app.student();

    const { status, text, quiz } = await read(student);

    expect(status).toBe(200);
    expect(quiz.questions).toHaveLength(10);
    expect(quiz).toMatchObject({
      pass_percent: 70,
      question_count: 10,
      attempt: { number: 1, passed: false },
    });
    expect(text).not.toMatch(/Secret|RAG|retrieval|"answer|accepted|section|objective|version/);
    expect((await read(student)).text).toBe(text);
    expect(await countAttempts(student)).toBe(0);
  });

  it('answers every premium route with the locked body and records nothing', async () => {
    const student = await app.student();
    for (const door of PREMIUM_ROUTES) {
      const answer = await visit(student, door);

      expect([door, answer.status]).toEqual([door, 403]);
      expect(answer.body).toMatchObject({
        code: 'premium_required',
        required_tier: 'premium',
        resource: { type: 'quiz', id: 'chapter-2', title: 'Quiz of chapter 2' },
        preview: { objectives: ['One', 'Two', 'Three', 'Four'] },
        upgrade: { operation_id: 'createCheckoutSession' },
      });
      expect(answer.text).not.toMatch(/Secret|Prompt|Banana/);
    }
    expect(await countAttempts(student)).toBe(0);
  });

  it('checks access before the answers, so that no error reveals a premium quiz', async () => {
    const student = await app.student();

    const answer = await student.post('/quizzes/chapter-2/submit', { nonsense: true });

    expect(answer.status).toBe(403);
  });

  it('opens every premium route to a premium student and closes it when access ends', async () => {
    const student = await app.student();
    await grant(student);
    for (const door of PREMIUM_ROUTES)
      expect([door, (await visit(student, door)).status]).toEqual([door, 200]);

    await app.sql('UPDATE grants SET ends_at = now() WHERE user_id = $1', [student.id]);
    for (const door of PREMIUM_ROUTES)
      expect([door, (await visit(student, door)).status]).toEqual([door, 403]);
    expect(await countAttempts(student)).toBe(1);
  });

  it('requires a token', async () => {
    for (const [method, path] of PREMIUM_ROUTES) {
      const answer = await fetch(`${app.apiUrl}/api/v1${path.replace('chapter-2', 'chapter-1')}`, { method });
      expect(answer.status).toBe(401);
    }
  });

  it.each([
    ['chapter-9', 'chapter_not_found'],
    ['chapter-3', 'quiz_not_found'],
  ])('answers for %s with 404 %s', async (chapter, code) => {
    const student = await app.student();
    for (const path of ['', '/attempts']) {
      const answer = await student.get(`/quizzes/${chapter}${path}`);
      expect([answer.status, answer.body['code']]).toEqual([404, code]);
    }
    expect((await submit(student, {}, Number(chapter.slice(-1)))).status).toBe(404);
  });

  it('passes right answers and shows them', async () => {
    const student = await app.student();

    const answer = await submitRight(student);

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      chapter: { id: 'chapter-1' },
      attempt_number: 1,
      score_percent: 100,
      passed: true,
      attempt: { number: 2, passed: true, best_score_percent: 100 },
    });
    expect(toGraded(answer).results[3]).toEqual({
      question_id: 'c1-q04',
      correct: true,
      credit: 1,
      explanation: 'Secret explanation 4 of chapter-1.',
      section: 'chapter-1-part-4',
      section_title: 'Part 4',
      correct_answer: ['Dawn', 'Noon', 'Dusk', 'Night'],
    });
  });

  it('accepts the answers as a list of texts, as ChatGPT sends them', async () => {
    const student = await app.student();
    const { quiz } = await read(student);
    const answer_list = asAnswerList(rightAnswers(aQuiz(), quiz));

    const answer = await student.post('/quizzes/chapter-1/submit', { answer_list });

    expect(answer.body).toMatchObject({ score_percent: 100, passed: true });
  });

  it('counts missing answers as wrong, gives partial credit and explains only right answers', async () => {
    const student = await app.student();
    const { quiz } = await read(student);
    const { 'c1-q02': ticks = [], 'c1-q03': truth } = rightAnswers(aQuiz(), quiz);

    const answer = await submit(student, { 'c1-q02': [ticks].flat().slice(0, 2), 'c1-q03': truth });

    expect(answer.body).toMatchObject({ score_percent: 16, passed: false });
    const { results } = toGraded(answer);
    expect(results.map(({ credit }) => credit)).toEqual([0, 0.67, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(results.flatMap(({ explanation }) => explanation ?? [])).toEqual([
      'Secret explanation 3 of chapter-1.',
    ]);
    expect(results[1]).toMatchObject({ section: 'chapter-1-part-2', section_title: 'Part 2' });
    expect(answer.text).not.toContain('correct_answer');
  });

  it.each([
    [{ answers: { 'c1-q99': true } }, '/answers/c1-q99'],
    [{ answers: { 'c1-q03': 'true' } }, '/answers/c1-q03'],
    [{ answers: { 'c1-q01': 'b' } }, '/answers/c1-q01'],
    [{ answers: { 'c1-q01': 7 } }, '/answers/c1-q01'],
    [{}, '/answers'],
    [{ answers: {}, extra: 1 }, ''],
    [{ answers: {}, answer_list: [] }, '/answers'],
    [{ answer_list: [{ question_id: 'c1-q03', answer: ['yes'] }] }, '/answers/c1-q03'],
    [{ answer_list: [{ question_id: 'c1-q03', answer: true }] }, '/answer_list/0/answer'],
    [{ answer_list: Array(2).fill({ question_id: 'c1-q03', answer: ['true'] }) }, '/answer_list'],
  ])('refuses %j with 400, names the mistake and uses no attempt', async (body, pointer) => {
    const student = await app.student();

    const answer = await student.post('/quizzes/chapter-1/submit', body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer }] });
    expect(await countAttempts(student)).toBe(0);
  });

  it('grades one of ten concurrent submissions', async () => {
    const student = await app.student();

    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(student, {})));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    for (const { status, body } of refused) {
      expect(status).toBe(409);
      expect(['quiz_attempt_conflict', 'quiz_cooldown']).toContain(body['code']);
    }
    expect(await countAttempts(student)).toBe(1);
  });

  it('answers a submission that is sent again with 409 and the attempt that was recorded', async () => {
    const student = await app.student();
    const { quiz } = await read(student);
    const answer_list = asAnswerList(rightAnswers(aQuiz(), quiz));
    const send = () => student.post('/quizzes/chapter-1/submit', { answer_list });
    await send();

    const again = await send();

    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      code: 'quiz_attempt_conflict',
      attempt_number: 1,
      next_action: 'listQuizAttempts',
    });
    expect(await countAttempts(student)).toBe(1);
  });

  it('separates the quizzes of two students and two chapters', async () => {
    const [ada, bob] = [await app.student(), await app.student()];
    await grant(ada);
    await submit(ada, {});

    expect((await read(bob)).quiz.attempt.number).toBe(1);
    expect((await read(ada, 2)).quiz.attempt.number).toBe(1);
    expect((await read(ada)).quiz.attempt.number).toBe(2);
    expect((await bob.get('/quizzes/chapter-1/attempts')).body['attempts']).toEqual([]);
  });

  it('requires a pause after a failure, shuffles again, and shows the right answers from the third attempt on', async () => {
    const student = await app.student();
    const sandbox = new SandboxControl(app.sandbox.url);
    const first = (await read(student)).quiz;
    const old = rightAnswers(aQuiz(), first);
    expect((await submit(student, { 'c1-q03': false })).body).toMatchObject({
      attempt_number: 1,
      passed: false,
    });

    const tooEarly = await submitRight(student);
    expect(tooEarly.status).toBe(409);
    expect(tooEarly.body).toMatchObject({ code: 'quiz_cooldown', cooldown_until: expect.any(String) });
    expect(tooEarly.body['retry_after']).toBeGreaterThan(60);
    expect(tooEarly.body['retry_after']).toBeLessThanOrEqual(120);
    expect(tooEarly.headers.get('retry-after')).toBe(String(tooEarly.body['retry_after']));

    await sandbox.advanceDays(1);
    const second = await eventually(async () => {
      const { quiz } = await read(student);
      expect(quiz.attempt).toEqual({
        number: 2,
        passed: false,
        last_score_percent: 0,
        best_score_percent: 0,
      });
      return quiz;
    });
    expect(second.questions.map(({ options }) => options)).not.toEqual(
      first.questions.map(({ options }) => options),
    );
    expect((await submit(student, old)).status).toBe(400);
    expect((await submit(student, {})).text).not.toMatch(/correct_answer|Secret/);

    await sandbox.advanceDays(1);
    const third = await eventually(async () => {
      const answer = await submit(student, {});
      expect(answer.status).toBe(200);
      return answer;
    });
    expect(third.body).toMatchObject({ attempt_number: 3, passed: false });
    for (const result of toGraded(third).results)
      expect(result).toMatchObject({
        correct_answer: expect.any(Array),
        explanation: expect.stringMatching(/^Secret/),
      });

    await sandbox.advanceDays(1);
    await eventually(async () => expect((await submitRight(student)).body).toMatchObject({ passed: true }));
    const history = (await student.get('/quizzes/chapter-1/attempts')).body['attempts'] as Record<
      string,
      unknown
    >[];
    expect(history.map(({ number, passed, score_percent: score }) => [number, passed, score])).toEqual([
      [4, true, 100],
      [3, false, 0],
      [2, false, 0],
      [1, false, 0],
    ]);
    expect(history[0]?.['results']).toHaveLength(10);
  });
});

describe('the quizzes of the course that ships', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
  });
  afterAll(async () => app?.stop());

  it('are passed with the right answers, and never show them before', async () => {
    const student = await app.student();
    await app.sql(
      `INSERT INTO grants (user_id, reason, starts_at, granted_by) VALUES ($1, 'test', now() - interval '1 day', $1)`,
      [student.id],
    );
    const { course } = app.web.get(CourseService);
    for (const { id } of course.chapters) {
      const quiz = course.findQuiz(id)?.quiz ?? aQuiz();
      const shown = await student.get(`/quizzes/${id}`);
      expect([id, shown.status]).toEqual([id, 200]);
      expect(shown.text).not.toMatch(/"(answer|accepted|explanation|correct_answer|section|objective)"/);
      const leaked = quiz.questions.filter(({ explanation }) =>
        shown.text.includes(JSON.stringify(explanation).slice(1, -1)),
      );
      expect(leaked).toEqual([]);

      const answers = rightAnswers(quiz, toQuiz(shown));
      const graded = await student.post(`/quizzes/${id}/submit`, { answers });
      expect([id, graded.status, graded.body['score_percent']]).toEqual([id, 200, 100]);
    }
  });

  it('show a free student nothing of a premium quiz', async () => {
    const student = await app.student();
    const { course } = app.web.get(CourseService);
    for (const { id, tier } of course.chapters) {
      const quiz = course.findQuiz(id)?.quiz ?? aQuiz();
      const answers = [
        await student.get(`/quizzes/${id}`),
        await student.get(`/quizzes/${id}/attempts`),
        await student.post(`/quizzes/${id}/submit`, { answers: {} }),
      ];
      const status = tier === 'free' ? 200 : 403;
      expect([id, ...answers.map((answer) => answer.status)]).toEqual([id, status, status, status]);
      if (tier === 'free') continue;
      const text = answers.map((answer) => answer.text).join('');
      const leaked = quiz.questions
        .flatMap(({ prompt, explanation }) => [prompt, explanation])
        .filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
      expect(leaked).toEqual([]);
    }
  });
});
