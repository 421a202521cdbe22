import type { Course } from '../../src/modules/chapters';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import { ChaptersService } from '../../src/modules/chapters/reading/chapters.service';
import { TestApp } from '../support/app';
import { callsToEverything, searchesForPremium, type RouteCall } from '../support/route-calls';
import { LeakDetector } from '../support/leak-detector';
import { submitRightAnswers } from '../support/quiz';
import type { Student } from '../support/student';

interface Answered {
  readonly call: RouteCall;
  readonly status: number;
  readonly text: string;
  /** Everything that came over the wire: headers and body. */
  readonly bytes: readonly string[];
}

/** What every locked answer for one chapter has in common; the rest names the operation and the request. */
const SHARED = ['type', 'title', 'status', 'code', 'required_tier', 'current_tier', 'preview', 'upgrade'];

const ENDS_THE_SIGN_IN = /\/(logout|sign-out)$/;

describe('premium content', () => {
  let app: TestApp;
  let course: Course;
  let detector: LeakDetector;
  const callers = new Map<string, Student | undefined>();

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    ({ course } = app.web.get(CourseService));
    detector = new LeakDetector(course);
    callers.set('a stranger', undefined);
    callers.set('a newcomer', await app.student());
    callers.set('a student who has finished the free half', await aFinisher());
    callers.set('a student whose access has ended', await aLapsedStudent());
  }, 60_000);
  afterAll(() => app?.stop());

  async function finish(student: Student, chapterId: string): Promise<void> {
    for (const { id } of course.findChapter(chapterId)?.sections ?? []) {
      await student.post(`/progress/sections/${id}/open`);
      await student.post(`/progress/sections/${id}/complete`);
    }
    const quiz = course.findQuiz(chapterId)?.quiz;
    if (quiz === undefined) throw new Error(`${chapterId} has no quiz`);
    const graded = await submitRightAnswers(student, quiz);
    expect([chapterId, graded.body['passed']]).toEqual([chapterId, true]);
  }

  async function aFinisher(): Promise<Student> {
    const student = await app.student();
    for (const { id, tier } of course.chapters) if (tier === 'free') await finish(student, id);
    return student;
  }

  /** Has read chapter 4, passed its quiz and failed the one of chapter 5; then the access ended. */
  async function aLapsedStudent(): Promise<Student> {
    const student = await app.student();
    await app.sql(
      `INSERT INTO grants (user_id, reason, starts_at, granted_by) VALUES ($1, 'test', now() - interval '1 day', $1)`,
      [student.id],
    );
    await finish(student, 'chapter-4');
    expect((await student.post('/quizzes/chapter-5/submit', { answers: {} })).status).toBe(200);
    await app.sql('UPDATE grants SET ends_at = now() WHERE user_id = $1', [student.id]);
    return student;
  }

  async function answer(call: RouteCall, token: string | undefined): Promise<Answered> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const { method, path: url, payload, headers } = call;
    const got = await app.web.inject({
      method,
      url,
      headers: { ...headers, ...authorization },
      ...(payload === undefined ? {} : { payload }),
    });
    return { call, status: got.statusCode, text: got.body, bytes: [got.body, JSON.stringify(got.headers)] };
  }

  async function answerAll(calls: readonly RouteCall[], token: string | undefined): Promise<Answered[]> {
    const answers: Answered[] = [];
    for (const call of calls) {
      // After signing out there is no token for the next call.
      const own =
        token !== undefined && ENDS_THE_SIGN_IN.test(call.path) ? (await app.student()).token : token;
      answers.push(await answer(call, own));
    }
    return answers;
  }

  /** Leaks by operation. An answer may repeat what the caller has said. */
  const leaksIn = (answers: readonly Answered[]) =>
    answers.flatMap(({ call, bytes }) => {
      const said = new Set(detector.findLeaks(decodeURIComponent(call.path)));
      return bytes
        .flatMap((text) => detector.findLeaks(text))
        .filter((leak) => !said.has(leak))
        .map((leak) => `${call.method} ${call.path}: ${leak}`);
    });

  /** Valid tags of premium content, as somebody who had access may have kept them. */
  async function withRealTags(): Promise<RouteCall[]> {
    const reader = await app.student();
    await app.sql(
      `INSERT INTO grants (user_id, reason, starts_at, granted_by) VALUES ($1, 'test', now() - interval '1 day', $1)`,
      [reader.id],
    );
    const reads = callsToEverything(course).filter(({ method, chapter, headers }) => {
      return method === 'GET' && chapter !== undefined && headers === undefined;
    });
    const tagged: RouteCall[] = [];
    for (const call of reads) {
      const { headers } = await reader.get(call.path.replace('/api/v1', ''));
      tagged.push({ ...call, headers: { 'if-none-match': headers.get('etag') ?? '"none"' } });
    }
    return tagged;
  }

  it.each([
    'a stranger',
    'a newcomer',
    'a student who has finished the free half',
    'a student whose access has ended',
  ])(
    'never reaches %s: no text and no right answer from any operation',
    async (name) => {
      const token = callers.get(name)?.token;
      const calls = [...callsToEverything(course), ...(await withRealTags()), ...searchesForPremium(course)];
      expect(calls.length).toBeGreaterThan(400);

      const answers = await answerAll(calls, token);

      expect(leaksIn(answers)).toEqual([]);
      expect(
        answers.filter(({ call, text }) => call.path.startsWith('/api/') && text.includes('correct_answer')),
      ).toEqual([]);
      const opened = answers.filter(
        ({ call, status }) => call.chapter !== undefined && status !== (token === undefined ? 401 : 403),
      );
      expect(opened.map(({ call, status }) => `${call.method} ${call.path} ${status}`)).toEqual([]);
    },
    120_000,
  );

  it('has the same locked body at every route', async () => {
    const token = callers.get('a student whose access has ended')?.token;
    const calls = callsToEverything(course).filter(({ method, chapter }) => chapter && method !== 'HEAD');

    const answers = await answerAll(calls, token);

    const bodies = new Map<string, Set<string>>();
    for (const { call, text } of answers) {
      const body = JSON.parse(text) as Record<string, unknown>;
      expect([call.path, body['code']]).toEqual([call.path, 'premium_required']);
      const shared = JSON.stringify([...SHARED, 'access_until', 'next_action'].map((name) => body[name]));
      const id = call.chapter?.id ?? '';
      bodies.set(id, (bodies.get(id) ?? new Set()).add(shared));
    }
    expect([...bodies].map(([id, different]) => [id, different.size])).toEqual([
      ['chapter-4', 1],
      ['chapter-5', 1],
      ['chapter-6', 1],
    ]);
  });

  it('is requested at the routes that contain it', () => {
    const asked = new Set(
      callsToEverything(course)
        .filter(({ chapter }) => chapter)
        .map(({ path }) => path),
    );
    const ids = course.chapters.filter(({ tier }) => tier === 'premium').map(({ id }) => id);

    for (const id of ids)
      for (const path of [`/api/v1/chapters/${id}`, `/api/v1/quizzes/${id}`, `/api/v1/quizzes/${id}/submit`])
        expect(asked).toContain(path);
  });

  it('is detected when planted in a list', async () => {
    const secret = course.findChapter('chapter-4')?.sections[0]?.body.split('\n\n')[1] ?? '';
    const service = app.web.get(ChaptersService);
    const list = service.listChapters.bind(service);
    const planted = jest.spyOn(service, 'listChapters').mockImplementation(async (userId) => {
      const [first, ...rest] = await list(userId);
      return first === undefined
        ? []
        : [{ ...first, chapter: { ...first.chapter, subtitle: secret } }, ...rest];
    });
    try {
      const calls = callsToEverything(course).filter(({ path }) => path === '/api/v1/chapters');

      const leaks = leaksIn(await answerAll(calls, callers.get('a newcomer')?.token));

      expect(leaks.length).toBeGreaterThan(0);
      expect(leaks[0]).toMatch(/^GET \/api\/v1\/chapters: /);
    } finally {
      planted.mockRestore();
    }
  });
});
